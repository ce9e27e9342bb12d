package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds one pattern in one person's behaviour, and corrects or retracts detections that a late
 * event proves wrong. The final detections are a function of the set of events alone: any order and
 * any repetition of the same events ends with the same detections.
 *
 * <p>This holds for every event that arrives before the person's newest counted event is {@link
 * SignalRule#remember} ahead of it, and while no more than {@value Cutoff#MAX_MARKS} events and
 * {@value #MAX_ACTIVE} signals are remembered. Older results are settled: they are final, and an
 * event that arrives even later is not counted. Everything is settled once no event of the person
 * has arrived for {@link SignalRule#forgottenAfter}.
 */
public final class SignalDetector {
  /** Status of a pattern that was found. */
  public static final String DETECTED = "DETECTED";

  /** Status of a pattern that is still found, but from other events than announced before. */
  public static final String CORRECTED = "CORRECTED";

  /** Status of a detection that is withdrawn. */
  public static final String RETRACTED = "RETRACTED";

  /** The most signals that one event may correct. */
  static final int MAX_ACTIVE = 1_000;

  private final SignalRule rule;

  public SignalDetector(SignalRule rule) {
    this.rule = rule;
  }

  /**
   * Adds an event.
   *
   * @return the memory to keep and the changes to announce, retractions first; empty when the event
   *     does not count for the rule, is already known or is too late
   */
  public Optional<SignalOutcome> add(SignalHistory history, String person, Engagement engagement) {
    Mark mark = Mark.of(engagement, person);
    if (!counts(engagement) || isSettled(history, mark) || history.marks().knows(mark)) {
      return Optional.empty();
    }
    List<SignalChange> changes = scan(history, person, mark).changes();
    return Optional.of(settle(history, mark, changes, engagement));
  }

  /**
   * The rest of a memory after its person was silent for long enough: how many signals there were,
   * so that no number is used again, and the last of them. Empty if there were none.
   *
   * @param latest the last of the signals that are not settled
   */
  public Optional<SignalMemory> afterSilence(SignalMemory memory, Optional<Signal> latest) {
    Instant heardAt = memory.getHeardAt().or(memory::getSettledUntil).orElse(Instant.EPOCH);
    return rest(memory, latest, Optional.of(Silence.settledUntil(rule.lookBack(), heardAt)));
  }

  /**
   * The rest of a memory of a rule that is not declared any more, about a person whose identifiers
   * have changed: which of its events are still the person's is not looked into.
   */
  static Optional<SignalMemory> afterUndeclaredChange(
      SignalMemory memory, Optional<Signal> latest) {
    return rest(memory, latest, memory.getSettledUntil());
  }

  private static Optional<SignalMemory> rest(
      SignalMemory memory, Optional<Signal> latest, Optional<Instant> settledUntil) {
    NumberedMark last =
        latest.map(NumberedMark::of).orElseGet(() -> SignalHistory.settled(Optional.of(memory)));
    return last.stored()
        .map(
            mark ->
                SignalMemory.newBuilder()
                    .setSettledUntil(settledUntil.orElse(null))
                    .setRule(memory.getRule())
                    .setSettledSignals(last.number())
                    .setSettledBy(mark)
                    .setHeardAt(memory.getHeardAt().orElse(null))
                    .build());
  }

  private boolean counts(Engagement engagement) {
    Instant latest = engagement.event().getReceivedAt().plus(Silence.CLOCK_TOLERANCE);
    return engagement.activities().contains(rule.activity())
        && !engagement.event().getOccurredAt().isAfter(latest);
  }

  private static boolean isSettled(SignalHistory history, Mark mark) {
    return history.settledUntil().filter(mark.occurredAt()::isBefore).isPresent();
  }

  private SignalScan scan(SignalHistory history, String person, Mark mark) {
    boolean isOtherRule =
        history.memory().filter(memory -> !memory.getRule().equals(rule.fingerprint())).isPresent();
    Mark from = isOtherRule ? Mark.EARLIEST : mark;
    if (history.activeCount() == 0) {
      return new SignalScan(
          rule, person, history.marks(), mark, history.settled(), List.of(), isOtherRule);
    }
    NumberedMark last =
        history.active().before(from, history.unsettled().occurredAt(), 1).stream()
            .findFirst()
            .map(row -> NumberedMark.of(row.value()))
            .orElseGet(history::settled);
    List<Signal> ahead =
        history.active().after(isOtherRule ? history.unsettled() : mark, MAX_ACTIVE).stream()
            .map(Timeline.Row::value)
            .toList();
    return new SignalScan(rule, person, history.marks(), mark, last, ahead, isOtherRule);
  }

  /**
   * Forgets what can no longer change. No event before the cutoff is counted any more, so the scan
   * up to there is final; only its last detection is still needed, and the few events after it with
   * which a later pattern can begin.
   */
  private SignalOutcome settle(
      SignalHistory history, Mark mark, List<SignalChange> changes, Engagement engagement) {
    int active = history.activeCount() + added(changes);
    Cutoff cutoff =
        Cutoff.with(
            rule.lookBack(),
            history.marks(),
            mark,
            history.before(),
            settledAnyway(history, changes, active - MAX_ACTIVE));
    List<Signal> settled =
        active == 0 ? List.of() : settled(history, changes, Mark.startOf(cutoff.until()));
    NumberedMark last = settled.isEmpty() ? history.settled() : NumberedMark.of(settled.getLast());
    SignalMemory memory =
        SignalMemory.newBuilder()
            .setMarks(List.of())
            .setDetected(List.of())
            .setSettledUntil(cutoff.until())
            .setRule(rule.fingerprint())
            .setHeld(history.before().held() + 1 - cutoff.forgotten().size())
            .setHeldSince(cutoff.heldSince())
            .setStanding(active - settled.size())
            .setSettledSignals(last.number())
            .setSettledBy(last.stored().orElse(null))
            .setHeardAt(
                Silence.heard(history.memory().flatMap(SignalMemory::getHeardAt), engagement))
            .build();
    return new SignalOutcome(memory, List.of(mark), cutoff.forgotten(), changes, settled);
  }

  private static int added(List<SignalChange> changes) {
    return changes.stream()
        .mapToInt(change -> change.after().isEmpty() ? -1 : change.before().isEmpty() ? 1 : 0)
        .sum();
  }

  private static Instant settledAnyway(
      SignalHistory history, List<SignalChange> changes, int tooMany) {
    if (tooMany <= 0) {
      return Mark.EARLIEST.occurredAt();
    }
    return unsettled(history, changes, tooMany).getLast().getCompletedAt().plusMillis(1);
  }

  private static List<Signal> settled(
      SignalHistory history, List<SignalChange> changes, Mark until) {
    for (int most = 4; ; most *= 8) {
      List<Signal> first = unsettled(history, changes, most);
      List<Signal> settled =
          first.stream().filter(signal -> until.isAfter(completing(signal))).toList();
      if (settled.size() < most) {
        return settled;
      }
    }
  }

  /** The first active signals after the changes that are not settled. */
  private static List<Signal> unsettled(
      SignalHistory history, List<SignalChange> changes, int most) {
    List<Signal> signals = new ArrayList<>();
    history
        .active()
        .after(history.unsettled(), most + changes.size())
        .forEach(row -> signals.add(row.value()));
    changes.forEach(change -> change.before().ifPresent(signals::remove));
    changes.forEach(change -> change.after().ifPresent(signals::add));
    signals.sort(Comparator.comparing(SignalDetector::completing));
    return signals.stream().limit(most).toList();
  }

  /** The mark that completed a signal: its place in the timeline. */
  public static Mark completing(Signal signal) {
    return new Mark(
        signal.getCompletedAt(),
        signal.getEventIds().getLast(),
        Mark.relative(signal.getIdentifier(), signal.getPerson()));
  }

  static long number(Signal signal) {
    String id = signal.getSignalId();
    return Long.parseLong(id.substring(id.lastIndexOf('|') + 1));
  }
}

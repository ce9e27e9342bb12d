package io.millrace.flow.signal;

import io.millrace.event.ActivityMark;
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
 * Finds one pattern in one person's behaviour, and corrects or takes back findings that a late
 * event proves wrong. The detections that stand are a function of the set of events alone: every
 * order and every repetition of the same events ends with the same detections.
 *
 * <p>That holds for every event that comes before the person's newest counted event is {@link
 * SignalRule#remember} ahead of it, and while no more than {@value Settlement#MAX_MARKS} events and
 * {@value #MAX_STANDING} signals are remembered. What is older is settled: it stands as it was
 * found and an event that comes later still is not counted. All of it is settled once nothing of
 * the person has arrived for {@link SignalRule#forgottenAfter}.
 */
public final class SignalDetector {
  /** Status of a pattern that was found. */
  public static final String DETECTED = "DETECTED";

  /** Status of a finding that stands, but by other events than was said before. */
  public static final String CORRECTED = "CORRECTED";

  /** Status of a finding that is taken back. */
  public static final String RETRACTED = "RETRACTED";

  /** More corrections than these no event may cause. */
  static final int MAX_STANDING = 1_000;

  private final SignalRule rule;

  public SignalDetector(SignalRule rule) {
    this.rule = rule;
  }

  /**
   * What one more event changes.
   *
   * @return the memory to keep, with what is to be announced, retractions first; nothing when the
   *     event does not count for the rule, is known or comes too late
   */
  public Optional<SignalOutcome> add(SignalHistory history, String person, Engagement engagement) {
    Mark mark = Mark.of(engagement);
    if (!counts(engagement) || isSettled(history, mark) || history.marks().knows(mark.eventId())) {
      return Optional.empty();
    }
    List<SignalChange> changes = scan(history, person, mark).changes();
    return Optional.of(settle(history, mark, changes, engagement));
  }

  /**
   * What is left of a memory when its person has been silent for long enough: how many signals
   * there were, so that none is numbered anew. Nothing is left where there was none.
   *
   * @param latest the last of the signals that are not settled
   */
  public Optional<SignalMemory> afterSilence(SignalMemory memory, Optional<Signal> latest) {
    NumberedMark last =
        latest.map(NumberedMark::of).orElseGet(() -> SignalHistory.settled(Optional.of(memory)));
    if (last.number() == 0) {
      return Optional.empty();
    }
    Instant heardAt = memory.getHeardAt().orElse(last.mark().occurredAt());
    return Optional.of(
        SignalMemory.newBuilder()
            .setSettledUntil(Silence.settledUntil(rule.reach(), heardAt))
            .setRule(memory.getRule())
            .setSettledSignals(last.number())
            .setSettledBy(new ActivityMark(last.mark().occurredAt(), last.mark().eventId()))
            .setHeardAt(heardAt)
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
    if (history.standingCount() == 0) {
      return new SignalScan(
          rule, person, history.marks(), mark, history.settled(), List.of(), isOtherRule);
    }
    NumberedMark last =
        history.standing().before(from, history.unsettled().occurredAt(), 1).stream()
            .findFirst()
            .map(row -> NumberedMark.of(row.value()))
            .orElseGet(history::settled);
    List<Signal> ahead =
        history.standing().after(isOtherRule ? history.unsettled() : mark, MAX_STANDING).stream()
            .map(Timeline.Row::value)
            .toList();
    return new SignalScan(rule, person, history.marks(), mark, last, ahead, isOtherRule);
  }

  /**
   * Forgets what can no longer change. No event before the settled moment will be counted again, so
   * the scan up to there is final; all it hands on is its last detection and the few events after
   * it that a pattern completed later can still begin with.
   */
  private SignalOutcome settle(
      SignalHistory history, Mark mark, List<SignalChange> changes, Engagement engagement) {
    int standing = history.standingCount() + added(changes);
    Settlement settlement =
        Settlement.with(
            rule.reach(),
            history.marks(),
            mark,
            history.before(),
            settledAnyway(history, changes, standing - MAX_STANDING));
    List<Signal> settled =
        standing == 0 ? List.of() : settled(history, changes, Mark.startOf(settlement.until()));
    NumberedMark last = settled.isEmpty() ? history.settled() : NumberedMark.of(settled.getLast());
    SignalMemory memory =
        SignalMemory.newBuilder()
            .setMarks(List.of())
            .setDetected(List.of())
            .setSettledUntil(settlement.until())
            .setRule(rule.fingerprint())
            .setHeld(history.before().held() + 1 - settlement.forgotten().size())
            .setHeldSince(settlement.heldSince())
            .setStanding(standing - settled.size())
            .setSettledSignals(last.number())
            .setSettledBy(
                last.number() == 0
                    ? null
                    : new ActivityMark(last.mark().occurredAt(), last.mark().eventId()))
            .setHeardAt(
                Silence.heard(history.memory().flatMap(SignalMemory::getHeardAt), engagement))
            .build();
    return new SignalOutcome(memory, mark, settlement.forgotten(), changes, settled);
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

  /** The first of the signals that stand with the changes, as far as they are not settled. */
  private static List<Signal> unsettled(
      SignalHistory history, List<SignalChange> changes, int most) {
    List<Signal> signals = new ArrayList<>();
    history
        .standing()
        .after(history.unsettled(), most + changes.size())
        .forEach(row -> signals.add(row.value()));
    changes.forEach(change -> change.before().ifPresent(signals::remove));
    changes.forEach(change -> change.after().ifPresent(signals::add));
    signals.sort(Comparator.comparing(SignalDetector::completing));
    return signals.stream().limit(most).toList();
  }

  /** The mark that completed a signal: the place it stands at. */
  public static Mark completing(Signal signal) {
    return new Mark(signal.getCompletedAt(), signal.getEventIds().getLast());
  }

  static long number(Signal signal) {
    String id = signal.getSignalId();
    return Long.parseLong(id.substring(id.lastIndexOf('|') + 1));
  }
}

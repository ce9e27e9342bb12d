package io.millrace.rule;

import io.millrace.event.ActivityMark;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds one pattern in one person's behaviour, and corrects or takes back findings that a late
 * event proves wrong. The detections that stand are a function of the set of events alone: every
 * order and every repetition of the same events ends with the same detections.
 *
 * <p>That holds for every event that comes before the person's newest counted event is {@link
 * SignalRule#remember} ahead of it, and while fewer than {@value #MAX_MARKS} events are remembered.
 * What is older is settled: it stands as it was found and an event that comes later still is not
 * counted.
 */
public final class SignalDetector {
  /** Status of a pattern that was found. */
  public static final String DETECTED = "DETECTED";

  /** Status of a finding that stands, but by other events than was said before. */
  public static final String CORRECTED = "CORRECTED";

  /** Status of a finding that is taken back. */
  public static final String RETRACTED = "RETRACTED";

  /** Whoever does the same thing more often in so short a time is a machine. */
  static final int MAX_MARKS = 1_000;

  /** An event this far ahead of its own arrival has a wrong clock and cannot be put in order. */
  static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private static final Comparator<ActivityMark> IN_TIME =
      Comparator.comparing(ActivityMark::getOccurredAt).thenComparing(ActivityMark::getEventId);

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
  public Optional<SignalOutcome> add(
      Optional<SignalMemory> before, String person, Engagement engagement) {
    SignalMemory memory = before.orElseGet(SignalDetector::nothing);
    ActivityMark mark =
        new ActivityMark(
            engagement.event().getOccurredAt(), EventKeys.identity(engagement.event()));
    if (!counts(engagement) || isSettled(memory, mark) || isKnown(memory, mark)) {
      return Optional.empty();
    }
    List<ActivityMark> marks = new ArrayList<>(memory.getMarks());
    marks.add(mark);
    marks.sort(IN_TIME);
    List<Signal> standing = scan(person, marks, settledDetection(memory));
    return Optional.of(
        new SignalOutcome(
            settle(marks, standing, memory.getSettledUntil()),
            changes(memory.getDetected(), standing)));
  }

  private boolean counts(Engagement engagement) {
    Instant latest = engagement.event().getReceivedAt().plus(CLOCK_TOLERANCE);
    return engagement.activities().contains(rule.activity())
        && !engagement.event().getOccurredAt().isAfter(latest);
  }

  private static boolean isSettled(SignalMemory memory, ActivityMark mark) {
    return memory.getSettledUntil().filter(mark.getOccurredAt()::isBefore).isPresent();
  }

  private static boolean isKnown(SignalMemory memory, ActivityMark mark) {
    return memory.getMarks().stream()
        .anyMatch(known -> known.getEventId().equals(mark.getEventId()));
  }

  private static Optional<Signal> settledDetection(SignalMemory memory) {
    return memory.getSettledUntil().flatMap(until -> latestBefore(memory.getDetected(), until));
  }

  private static Optional<Signal> latestBefore(List<Signal> detected, Instant until) {
    return detected.stream()
        .filter(signal -> signal.getCompletedAt().isBefore(until))
        .reduce((earlier, later) -> later);
  }

  /** From left to right: the pattern starts anew after each detection. */
  private List<Signal> scan(String person, List<ActivityMark> marks, Optional<Signal> settled) {
    List<Signal> found = new ArrayList<>(settled.stream().toList());
    Instant quietUntil = settled.map(this::endOfCooldown).orElse(Instant.MIN);
    long number = settled.map(SignalDetector::number).orElse(0L);
    Deque<ActivityMark> latest = new ArrayDeque<>();
    for (ActivityMark mark : marks) {
      latest.addLast(mark);
      if (latest.size() > rule.count()) {
        latest.removeFirst();
      }
      if (isComplete(latest) && !mark.getOccurredAt().isBefore(quietUntil)) {
        number++;
        Signal signal = signal(person, number, List.copyOf(latest));
        found.add(signal);
        quietUntil = endOfCooldown(signal);
        latest.clear();
      }
    }
    return found;
  }

  private boolean isComplete(Deque<ActivityMark> latest) {
    return latest.size() == rule.count()
        && Duration.between(latest.getFirst().getOccurredAt(), latest.getLast().getOccurredAt())
                .compareTo(rule.within())
            <= 0;
  }

  private Instant endOfCooldown(Signal signal) {
    return signal.getCompletedAt().plus(rule.cooldown());
  }

  /**
   * A person's signals of one rule are numbered in the order of their time. So a late event that
   * moves a pattern corrects the signal its readers know, in place of taking it back and announcing
   * another.
   */
  private Signal signal(String person, long number, List<ActivityMark> marks) {
    ActivityMark completing = marks.getLast();
    return Signal.newBuilder()
        .setSignalId(person + "|" + rule.name() + "|" + number)
        .setSignal(rule.name())
        .setPerson(person)
        .setStatus(DETECTED)
        .setFirstAt(marks.getFirst().getOccurredAt())
        .setCompletedAt(completing.getOccurredAt())
        .setEventIds(marks.stream().map(ActivityMark::getEventId).toList())
        .setDescription(rule.description())
        .build();
  }

  private static long number(Signal signal) {
    String id = signal.getSignalId();
    return Long.parseLong(id.substring(id.lastIndexOf('|') + 1));
  }

  /** Of the signals that stood, those that are gone; of those that stand, what is new in them. */
  private static List<SignalChange> changes(List<Signal> before, List<Signal> after) {
    Map<String, Signal> stood = byId(before);
    Map<String, Signal> stands = byId(after);
    List<SignalChange> changes = new ArrayList<>();
    for (Signal signal : before) {
      if (!stands.containsKey(signal.getSignalId())) {
        changes.add(new SignalChange(withStatus(signal, RETRACTED), Optional.of(signal)));
      }
    }
    for (Signal signal : after) {
      Optional<Signal> known = Optional.ofNullable(stood.get(signal.getSignalId()));
      if (known.isEmpty()) {
        changes.add(new SignalChange(signal, known));
      } else if (!known.get().equals(signal)) {
        changes.add(new SignalChange(withStatus(signal, CORRECTED), known));
      }
    }
    return changes;
  }

  private static Map<String, Signal> byId(List<Signal> signals) {
    return signals.stream().collect(Collectors.toMap(Signal::getSignalId, Function.identity()));
  }

  private static Signal withStatus(Signal signal, String status) {
    return Signal.newBuilder(signal).setStatus(status).build();
  }

  /**
   * Forgets what can no longer change. No event before the settled moment will be counted again, so
   * the scan up to there is final; all it hands on is its last detection and the few events after
   * it that a pattern completed later can still begin with.
   */
  private SignalMemory settle(
      List<ActivityMark> marks, List<Signal> standing, Optional<Instant> before) {
    Instant until = settledUntil(marks, before);
    Optional<Signal> settled = latestBefore(standing, until);
    Stream<Signal> open =
        standing.stream().filter(signal -> !signal.getCompletedAt().isBefore(until));
    return SignalMemory.newBuilder()
        .setMarks(kept(marks, settled, until))
        .setDetected(Stream.concat(settled.stream(), open).toList())
        .setSettledUntil(until)
        .build();
  }

  private List<ActivityMark> kept(
      List<ActivityMark> marks, Optional<Signal> settled, Instant until) {
    Optional<ActivityMark> consumed = settled.map(SignalDetector::completing);
    List<ActivityMark> unused =
        marks.stream()
            .filter(mark -> consumed.filter(last -> IN_TIME.compare(mark, last) <= 0).isEmpty())
            .toList();
    long tooLateToChange =
        unused.stream().filter(mark -> mark.getOccurredAt().isBefore(until)).count();
    return unused.stream().skip(Math.max(0, tooLateToChange - (rule.count() - 1))).toList();
  }

  private Instant settledUntil(List<ActivityMark> marks, Optional<Instant> before) {
    Instant until = marks.getLast().getOccurredAt().minus(rule.remember());
    if (marks.size() > MAX_MARKS) {
      Instant lastTooMany = marks.get(marks.size() - MAX_MARKS - 1).getOccurredAt();
      until = later(until, lastTooMany.plusMillis(1));
    }
    return later(until, before.orElse(until));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static ActivityMark completing(Signal signal) {
    return new ActivityMark(signal.getCompletedAt(), signal.getEventIds().getLast());
  }

  private static SignalMemory nothing() {
    return SignalMemory.newBuilder().setMarks(List.of()).setDetected(List.of()).build();
  }
}

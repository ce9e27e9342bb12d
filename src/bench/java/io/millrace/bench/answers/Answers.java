package io.millrace.bench.answers;

import io.millrace.bench.load.MixEvent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The results of a system for the mix, to be compared with the right ones: which events passed, how
 * many events each person had in each minute, and each lead's last status. A person-minute is not
 * identified by the person's name, because naming people is up to the flow.
 */
public final class Answers {
  private static final long MINUTE_MS = 60_000;

  private final BitSet passed = new BitSet();
  private final Map<PersonMinute, Long> minutes = new HashMap<>();
  private final Map<String, Set<String>> statuses = new HashMap<>();
  private final Map<String, Long> statusTimes = new HashMap<>();
  private int passedAgain;

  private record PersonMinute(String person, long minute) {}

  private record Height(long minute, long events) {}

  /** An event with this number passed. */
  public void passed(int number) {
    if (passed.get(number)) {
      passedAgain++;
    }
    passed.set(number);
  }

  /** A person had this many more events in the minute that begins at this time. */
  void counted(String person, long minuteMs, long events) {
    minutes.merge(new PersonMinute(person, minuteMs), events, Long::sum);
  }

  /** A person's minute has this many events; replaces earlier values. */
  public void counts(String person, long minuteMs, long events) {
    minutes.put(new PersonMinute(person, minuteMs), events);
  }

  /** A lead has this status; replaces earlier values. */
  public void status(String lead, String status) {
    statuses.put(lead, Set.of(status));
  }

  /** Adds an event to the right results, in any order; copies change nothing. */
  public void learn(MixEvent event) {
    if (event.isCopy()) {
      return;
    }
    passed(event.number());
    switch (event.kind()) {
      case ENGAGEMENT ->
          counted(Integer.toString(event.person()), event.occurredMs() / MINUTE_MS * MINUTE_MS, 1);
      case LEAD -> learnStatus(event);
      case DEAL -> {
        // Every deal of the mix ends in the same stage, so there is nothing to check.
      }
    }
  }

  /** Of simultaneous events any may be the last: tie-breaking rules differ. */
  private void learnStatus(MixEvent event) {
    String lead = Integer.toString(event.person());
    String status = "s" + event.status();
    long known = statusTimes.getOrDefault(lead, Long.MIN_VALUE);
    if (event.occurredMs() > known) {
      statusTimes.put(lead, event.occurredMs());
      statuses.put(lead, new HashSet<>(Set.of(status)));
    } else if (event.occurredMs() == known) {
      statuses.getOrDefault(lead, new HashSet<>()).add(status);
    }
  }

  int events() {
    return passed.cardinality();
  }

  /**
   * Compares these results with the right ones.
   *
   * @param right the right results, which {@link #learn} collected for everything sent
   */
  public WrongAnswers comparedWith(Answers right) {
    BitSet missing = (BitSet) right.passed.clone();
    missing.andNot(passed);
    return new WrongAnswers(
        missing.cardinality(), passedAgain, wrongMinutes(right), wrongStatuses(right));
  }

  private int wrongMinutes(Answers right) {
    Map<Height, Integer> mine = heights();
    int wrong = 0;
    for (Map.Entry<Height, Integer> height : right.heights().entrySet()) {
      wrong += Math.max(0, height.getValue() - mine.getOrDefault(height.getKey(), 0));
    }
    return wrong;
  }

  private Map<Height, Integer> heights() {
    Map<Height, Integer> heights = new HashMap<>();
    minutes.forEach(
        (minute, events) -> heights.merge(new Height(minute.minute(), events), 1, Integer::sum));
    return heights;
  }

  private int wrongStatuses(Answers right) {
    int wrong = 0;
    for (Map.Entry<String, Set<String>> lead : right.statuses.entrySet()) {
      Set<String> mine = statuses.getOrDefault(lead.getKey(), Set.of());
      if (mine.isEmpty() || !lead.getValue().containsAll(mine)) {
        wrong++;
      }
    }
    return wrong;
  }
}

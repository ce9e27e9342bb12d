package io.millrace.flow.account;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * As many different people as a rule needs, who completed a signal within its span.
 *
 * @param last the mark that completed it
 * @param people each with their latest mark up to that one, sorted
 */
record Crowd(Mark last, Map<String, Instant> people) {
  /** A moment at which a person completed a signal; sorted by time, then by person. */
  record Mark(Instant at, String person) implements Comparable<Mark> {
    private static final Comparator<Mark> ORDER =
        Comparator.comparing(Mark::at).thenComparing(Mark::person);

    @Override
    public int compareTo(Mark other) {
      return ORDER.compare(this, other);
    }
  }

  Crowd {
    people = Map.copyOf(people);
  }

  /** The time of the earliest of the people's latest marks. */
  Instant firstAt() {
    return people.values().stream().min(Comparator.naturalOrder()).orElse(last.at());
  }

  /**
   * The crowds that marks complete: at each of them there are enough different people within the
   * span, and there were not at the mark before. So one crowd is found once, for as long as it is
   * never too small.
   *
   * @param before marks that only count, in order
   * @param marks those that may complete one, in order
   */
  static List<Crowd> completed(AccountSignalRule rule, List<Mark> before, List<Mark> marks) {
    List<Crowd> completed = new ArrayList<>();
    Window window = new Window(rule);
    before.forEach(window::add);
    for (Mark mark : marks) {
      boolean wasEnough = window.isEnough();
      window.add(mark);
      if (window.isEnough() && !wasEnough) {
        completed.add(new Crowd(mark, window.latest()));
      }
    }
    return completed;
  }

  /** The marks within the span up to the last one. */
  private static final class Window {
    private final AccountSignalRule rule;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Window(AccountSignalRule rule) {
      this.rule = rule;
    }

    void add(Mark mark) {
      marks.addLast(mark);
      counts.merge(mark.person(), 1, Integer::sum);
      Instant from = mark.at().minus(rule.within());
      while (marks.getFirst().at().isBefore(from)) {
        counts.computeIfPresent(
            marks.removeFirst().person(), (person, count) -> count == 1 ? null : count - 1);
      }
    }

    boolean isEnough() {
      return counts.size() >= rule.people();
    }

    Map<String, Instant> latest() {
      Map<String, Instant> latest = new HashMap<>();
      marks.forEach(mark -> latest.put(mark.person(), mark.at()));
      return latest;
    }
  }

  /** The people and their times, for a row. */
  String text() {
    Stream<String> parts =
        new TreeMap<>(people)
            .entrySet().stream().map(each -> each.getKey() + "@" + each.getValue().toEpochMilli());
    return String.join(",", parts.toList());
  }

  /** A crowd in a row. */
  static Crowd of(Mark last, String text) {
    Map<String, Instant> people = new HashMap<>();
    for (String part : text.split(",", -1)) {
      int at = part.lastIndexOf('@');
      people.put(
          part.substring(0, at), Instant.ofEpochMilli(Long.parseLong(part.substring(at + 1))));
    }
    return new Crowd(last, people);
  }
}

package io.millrace.bench.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What does not add up, and what does but wants saying. */
final class Findings {
  private static final int EXAMPLES = 5;

  private final List<String> mismatches = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Reports ids that should not be there; nothing if there are none. */
  void none(String what, Collection<String> ids) {
    some(what, ids.size(), ids);
  }

  /** Reports what should not be there, with some of it or all; nothing if there is none. */
  void some(String what, long count, Collection<String> ids) {
    if (count > 0) {
      mismatches.add(count + " " + what + (ids.isEmpty() ? "" : ": " + examples(ids, count)));
    }
  }

  /** Reports two numbers that should be one. */
  void equal(String what, long expected, long counted) {
    if (expected != counted) {
      mismatches.add(what + ": expected " + expected + ", counted " + counted);
    }
  }

  /** Reports a line of the ledger whose two sides differ. */
  void differs(Figure figure) {
    mismatches.add(
        figure.name() + ": expected " + figure.expected() + ", counted " + figure.counted());
  }

  /** Something that is as it may be, although not as planned; nothing if there are no ids. */
  void note(String what, Collection<String> ids) {
    if (!ids.isEmpty()) {
      notes.add(ids.size() + " " + what + ": " + examples(ids, ids.size()));
    }
  }

  List<String> mismatches() {
    return List.copyOf(mismatches);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private static String examples(Collection<String> ids, long count) {
    String some = ids.stream().sorted().limit(EXAMPLES).collect(Collectors.joining(", "));
    return count > Math.min(EXAMPLES, ids.size()) ? some + " ..." : some;
  }
}

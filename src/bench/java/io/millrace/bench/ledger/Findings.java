package io.millrace.bench.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Collects mismatches, and notes on what deviates from the plan but is correct. */
final class Findings {
  private static final int EXAMPLES = 5;

  private final List<String> mismatches = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Reports ids that should not exist; nothing if there are none. */
  void none(String what, Collection<String> ids) {
    some(what, ids.size(), ids);
  }

  /** Reports a number of things that should not exist, with examples; nothing if there are none. */
  void some(String what, long count, Collection<String> ids) {
    if (count > 0) {
      mismatches.add(count + " " + what + (ids.isEmpty() ? "" : ": " + examples(ids, count)));
    }
  }

  /** Reports two numbers that should be equal. */
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

  /** Notes what is correct although not as planned; nothing if there are no ids. */
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

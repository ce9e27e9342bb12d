package io.millrace.audit;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The outcomes of deliveries whose parts are unknown today. The first outcome settles the account
 * of the whole delivery; the others are counted here.
 */
final class UnknownParts {
  private static final int NO_INDEX = -1;

  private final LongMap positions = new LongMap();
  private final Map<Part, Map<Outcome, Long>> more = new HashMap<>();

  /**
   * Notes an outcome.
   *
   * @param settled the position of the outcome that settled the account of the whole delivery
   * @return the record it repeats, or {@link Position#NONE}
   */
  long before(Part whole, OutcomeRecord record, long settled) {
    boolean isSplit = positions.get(key(whole, NO_INDEX)) != LongMap.NONE;
    if (settled != Position.NONE && !isSplit) {
      return settled;
    }
    long before = positions.put(key(whole, record.lineage().getIndex()), record.position());
    positions.put(key(whole, NO_INDEX), record.position());
    return before == LongMap.NONE ? Position.NONE : before;
  }

  void count(Part whole, Outcome outcome) {
    more.computeIfAbsent(whole, part -> new EnumMap<>(Outcome.class)).merge(outcome, 1L, Long::sum);
  }

  /** Outcomes beyond the first of each delivery, by kind. */
  Map<Part, Map<Outcome, Long>> more() {
    return more;
  }

  private static long key(Part whole, int index) {
    return Fingerprint.mixed(whole.packed()) + index;
  }
}

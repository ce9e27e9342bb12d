package io.millrace.normalize.field;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A cache of recent check results: a fixed number of slots, in which a later value replaces an
 * earlier one. For costly checks that depend only on their arguments.
 */
final class RecentChecks {
  /** A longer value is not cached, so that memory is bounded. */
  static final int LONGEST = 100;

  private final AtomicReferenceArray<Entry> slots;

  RecentChecks(int size) {
    this.slots = new AtomicReferenceArray<>(size);
  }

  private record Entry(String value, String context, Checked found) {
    boolean isOf(String otherValue, String otherContext) {
      return value.equals(otherValue) && context.equals(otherContext);
    }
  }

  /**
   * The cached result, otherwise that of the check.
   *
   * @param context what else the check depends on
   */
  Checked get(String value, String context, Supplier<Checked> check) {
    if (value.length() > LONGEST) {
      return check.get();
    }
    int slot = Math.floorMod(31 * value.hashCode() + context.hashCode(), slots.length());
    Entry known = slots.get(slot);
    if (known != null && known.isOf(value, context)) {
      return known.found();
    }
    Checked found = check.get();
    slots.set(slot, new Entry(value, context, found));
    return found;
  }
}

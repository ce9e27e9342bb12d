package io.millrace.normalize.field;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * What was found about recent values: a fixed number of slots, and of two values that meet in one
 * the later stays. For checks that are costly and depend on nothing but their arguments.
 */
final class RecentChecks {
  /** A longer value is not remembered, so that the memory has a bound. */
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
   * What is remembered, or else what the check finds.
   *
   * @param context what the check depends on besides the value
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

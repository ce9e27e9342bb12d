package io.millrace.audit;

import java.util.Arrays;

/** Numbers by numbers, two words for each slot: a {@code HashMap} takes five times as much. */
final class LongMap {
  /** Means no value, so it cannot be stored. */
  static final long NONE = -1;

  private static final int FIRST_CAPACITY = 1 << 10;

  /** The most used slots out of ten. */
  private static final int FULL = 7;

  private long[] keys = new long[FIRST_CAPACITY];
  private long[] values = none(FIRST_CAPACITY);
  private int size;

  /** Puts a value and returns the previous one, or {@link #NONE}. */
  long put(long key, long value) {
    if (size * 10L >= keys.length * (long) FULL) {
      grow();
    }
    int slot = slot(key);
    long before = values[slot];
    if (before == NONE) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
    return before;
  }

  long get(long key) {
    return values[slot(key)];
  }

  int size() {
    return size;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) Fingerprint.mixed(key) & mask;
    while (values[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[Math.multiplyExact(oldKeys.length, 2)];
    values = none(keys.length);
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldValues[old] != NONE) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        values[slot] = oldValues[old];
      }
    }
  }

  private static long[] none(int length) {
    long[] values = new long[length];
    Arrays.fill(values, NONE);
    return values;
  }
}

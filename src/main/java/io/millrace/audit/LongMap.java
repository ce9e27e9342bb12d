package io.millrace.audit;

import java.util.Arrays;

/** Numbers by numbers, two words for each slot: a {@code HashMap} takes five times as much. */
final class LongMap {
  /** Stands for no value, and so cannot be one. */
  static final long NONE = -1;

  private static final int FIRST_CAPACITY = 1 << 10;

  /** Of ten slots, as many are used at most. */
  private static final int FULL = 7;

  private long[] keys = new long[FIRST_CAPACITY];
  private long[] values = none(FIRST_CAPACITY);
  private int size;

  /** Puts a value and tells the one that was there, or {@link #NONE}. */
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

  /** The value, or {@link #NONE}. */
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

package io.millrace.audit;

import java.util.ArrayList;
import java.util.List;

/** A list of numbers that grows without copying. */
final class LongColumn {
  private static final int CHUNK_BITS = 14;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private final List<long[]> chunks = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  void add(long value) {
    if (size == chunks.size() << CHUNK_BITS) {
      chunks.add(new long[CHUNK]);
    }
    size = Math.addExact(size, 1);
    set(size - 1, value);
  }

  long get(int index) {
    return chunks.get(index >>> CHUNK_BITS)[index & (CHUNK - 1)];
  }

  void set(int index, long value) {
    chunks.get(index >>> CHUNK_BITS)[index & (CHUNK - 1)] = value;
  }

  /**
   * The index of the last value that is at most this one in an ascending column; -1 if there is
   * none.
   */
  int floor(long value) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (get(middle) <= value) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}

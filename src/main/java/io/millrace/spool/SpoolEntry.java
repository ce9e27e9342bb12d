package io.millrace.spool;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What the spool holds under one number.
 *
 * @param sequence its place in the queue, from 1 on
 * @param bytes an encoded delivery
 */
record SpoolEntry(long sequence, ByteBuffer bytes) {
  /** About what an entry takes besides its bytes. */
  private static final int OVERHEAD_BYTES = 64;

  static long size(ByteBuffer bytes) {
    return (long) bytes.remaining() + OVERHEAD_BYTES;
  }

  static long size(List<SpoolEntry> entries) {
    return entries.stream().mapToLong(SpoolEntry::size).sum();
  }

  long size() {
    return size(bytes);
  }
}

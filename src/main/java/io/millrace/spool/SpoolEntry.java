package io.millrace.spool;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One numbered entry of the spool.
 *
 * @param sequence its position in the queue, starting at 1
 * @param bytes an encoded delivery
 */
record SpoolEntry(long sequence, ByteBuffer bytes) {
  /** The approximate size of an entry in addition to its bytes. */
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

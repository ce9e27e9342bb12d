package io.millrace.edge;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes UUIDs of version 7 (RFC 9562, section 5.7): the time in milliseconds, then chance. */
final class DeliveryIds {
  private static final int RANDOM_BYTES = Short.BYTES + Long.BYTES;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final RandomGenerator random;

  /**
   * @param random must be safe for many threads, and differ between processes
   */
  DeliveryIds(RandomGenerator random) {
    this.random = random;
  }

  String next(Instant now) {
    // In one go: a secure source takes a lock and asks the system each time.
    byte[] chance = new byte[RANDOM_BYTES];
    random.nextBytes(chance);
    ByteBuffer bits = ByteBuffer.wrap(chance);
    long high = now.toEpochMilli() << 16 | VERSION | (bits.getShort() & 0xFFFL);
    long low = VARIANT | (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL);
    return new UUID(high, low).toString();
  }
}

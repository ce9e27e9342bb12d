package io.millrace.edge;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Generates version 7 UUIDs (RFC 9562, section 5.7): the time in milliseconds, then random bits.
 */
final class DeliveryIds {
  private static final int RANDOM_BYTES = Short.BYTES + Long.BYTES;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final RandomGenerator random;

  /**
   * @param random thread-safe, and seeded differently in each process
   */
  DeliveryIds(RandomGenerator random) {
    this.random = random;
  }

  String next(Instant now) {
    // One call: a secure source takes a lock and makes a system call each time.
    byte[] chance = new byte[RANDOM_BYTES];
    random.nextBytes(chance);
    ByteBuffer bits = ByteBuffer.wrap(chance);
    long high = now.toEpochMilli() << 16 | VERSION | (bits.getShort() & 0xFFFL);
    long low = VARIANT | (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL);
    return new UUID(high, low).toString();
  }
}

package io.millrace.audit;

/**
 * A part of a delivery, by the index of its account.
 *
 * @param partition partition of deliveries-received
 * @param slot number of the part among those of the partition
 */
record Part(int partition, int slot) {
  /** In one number. */
  long packed() {
    return (long) partition << 32 | slot;
  }

  static Part of(long packed) {
    return new Part((int) (packed >>> 32), (int) packed);
  }
}

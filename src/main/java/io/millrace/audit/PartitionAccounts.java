package io.millrace.audit;

import io.millrace.event.Delivery;
import io.millrace.normalize.Normalized;
import java.time.Instant;
import java.util.List;

/** The accounts of the deliveries of one partition and their parts, in columns. */
final class PartitionAccounts {
  private static final int INDEX_BITS = 32;
  private static final int MOST_REPLAYS = 0xffff;

  private final LongColumn offsets = new LongColumn();
  private final LongColumn ids = new LongColumn();
  private final LongColumn arrivals = new LongColumn();
  private final LongColumn sourcesAndSlots = new LongColumn();
  private final LongColumn indexesAndReplays = new LongColumn();

  private final LongColumn positions = new LongColumn();

  /** Of the event in the delivery; once its outcome is known, of that within its record. */
  private final LongColumn identities = new LongColumn();

  private final LongColumn contents = new LongColumn();

  /** Adds a delivery; offsets ascend. */
  void open(Delivery delivery, int source, long offset, List<Normalized> parts) {
    offsets.add(offset);
    ids.add(Fingerprint.text(delivery.getDeliveryId()));
    arrivals.add(delivery.getReceivedAt().toEpochMilli());
    sourcesAndSlots.add((long) source << INDEX_BITS | positions.size());
    long replay = Math.min(delivery.getReplay(), MOST_REPLAYS);
    long letter = delivery.getReplayedPart().isPresent() ? 1 : 0;
    long index = index(parts.getFirst());
    indexesAndReplays.add(index << INDEX_BITS | replay << 1 | letter);
    parts.forEach(this::add);
  }

  private void add(Normalized part) {
    switch (part) {
      case Normalized.Event found -> {
        positions.add(Position.NONE);
        identities.add(Fingerprint.identity(found.event().getSource(), found.event().getEventId()));
        contents.add(Fingerprint.content(found.event()));
      }
      case Normalized.Refused refused -> {
        positions.add(Position.NONE);
        identities.add(OutcomeRecord.identity(refused.deadLetter()));
        contents.add(Fingerprint.UNKNOWN);
      }
      case Normalized.Nothing nothing -> {
        positions.add(Position.NOTHING);
        identities.add(Fingerprint.UNKNOWN);
        contents.add(Fingerprint.UNKNOWN);
      }
    }
  }

  static int index(Normalized part) {
    return switch (part) {
      case Normalized.Event found -> found.event().getMetadata().getLineage().getIndex();
      case Normalized.Refused refused -> refused.deadLetter().getLineage().getIndex();
      case Normalized.Nothing nothing -> nothing.lineage().getIndex();
    };
  }

  int deliveries() {
    return offsets.size();
  }

  int parts() {
    return positions.size();
  }

  /** The first offset there is an account for. */
  long firstOffset() {
    return offsets.get(0);
  }

  /** The delivery at an offset; -1 if there is none, or a different one. */
  int find(long offset, String deliveryId) {
    int delivery = offsets.floor(offset);
    boolean found =
        delivery >= 0
            && offsets.get(delivery) == offset
            && ids.get(delivery) == Fingerprint.text(deliveryId);
    return found ? delivery : -1;
  }

  int deliveryOf(int slot) {
    int low = 0;
    int high = offsets.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstSlot(middle) <= slot) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  long offset(int delivery) {
    return offsets.get(delivery);
  }

  Instant arrival(int delivery) {
    return Instant.ofEpochMilli(arrivals.get(delivery));
  }

  int source(int delivery) {
    return (int) (sourcesAndSlots.get(delivery) >>> INDEX_BITS);
  }

  int firstSlot(int delivery) {
    return (int) sourcesAndSlots.get(delivery);
  }

  int endSlot(int delivery) {
    return delivery + 1 < deliveries() ? firstSlot(delivery + 1) : parts();
  }

  /** Index of the first part: 0, that of the one replayed, or -1 for a delivery as a whole. */
  int firstIndex(int delivery) {
    return (int) (indexesAndReplays.get(delivery) >> INDEX_BITS);
  }

  int replay(int delivery) {
    return (int) indexesAndReplays.get(delivery) >>> 1;
  }

  boolean isReplayedLetter(int delivery) {
    return (indexesAndReplays.get(delivery) & 1) == 1;
  }

  long position(int slot) {
    return positions.get(slot);
  }

  void settle(int slot, long position) {
    positions.set(slot, position);
  }

  /** The identity of a part without an outcome. */
  long identity(int slot) {
    return identities.get(slot);
  }

  /** Replaces the identity of a part that has an outcome. */
  void admission(int slot, long admission) {
    identities.set(slot, admission);
  }

  /** The identity within its record of a part with an outcome, as far as that states one. */
  long admission(int slot) {
    return identities.get(slot);
  }

  long content(int slot) {
    return contents.get(slot);
  }
}

package io.millrace.flow.erase;

import io.millrace.event.Event;
import io.millrace.event.SuppressedEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Makes what remains of events about erased people. */
public final class SuppressedEvents {
  /** Bytes of a hash: enough that no two events share one by accident. */
  private static final int HASH_BYTES = 16;

  private SuppressedEvents() {}

  /** What remains of an event. */
  public static SuppressedEvent of(Event event, String erasureId) {
    return new SuppressedEvent(
        hash(event.getMetadata().getLineage().getDeliveryId(), event.getEventId()),
        event.getEventType(),
        event.getSource(),
        event.getReceivedAt(),
        event.getMetadata().getLineage(),
        erasureId);
  }

  /**
   * The hash of an event's id. Ids may be guessed or contain a name; the delivery's id is random
   * and makes the hashes of equal ids different.
   */
  static String hash(String deliveryId, String eventId) {
    try {
      byte[] text = (deliveryId + '\n' + eventId).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This Java has no SHA-256", impossible);
    }
  }
}

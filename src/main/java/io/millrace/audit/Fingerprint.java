package io.millrace.audit;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import java.time.Instant;
import java.util.Map;

/**
 * What an event says, in a few bits: enough to see that two differ by accident or by somebody's
 * hand, and no protection against one who makes them agree.
 */
public final class Fingerprint {
  /** Stands for what cannot be known. */
  static final long UNKNOWN = 0;

  /** What an event is about: compared also where nothing else is known of it. */
  static final long SUBJECT = 0xffff_ffff_0000_0000L;

  /** All that an event says. */
  static final long ALL = -1L;

  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Fingerprint() {}

  /** Of what makes an event the same event. */
  static long identity(String source, String eventId) {
    return known(text(text(FNV_START, source), eventId));
  }

  /** Of an event within its record, which is where duplicates are looked for. */
  static long admission(long identity, RecordRef record) {
    return mixed(identity ^ text(text(FNV_START, record.getType()), record.getId()));
  }

  /** Of what an event is about, and when it happened. */
  static long subject(String type, RecordRef record, Instant occurredAt) {
    long hash = text(FNV_START, type);
    hash = text(text(hash, record.getType()), record.getId());
    return mixed(hash ^ occurredAt.toEpochMilli()) & SUBJECT;
  }

  /** Of all that an event says. */
  static long content(Event event) {
    long data = mixed(fields(event.getData()) + 31 * fields(event.getPrevious())) & ~SUBJECT;
    return subject(event.getEventType(), event.getRecord(), event.getOccurredAt()) | data;
  }

  static long text(String text) {
    return mixed(text(FNV_START, text));
  }

  /** Spreads what is known over all bits. */
  public static long mixed(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  /** The order of the fields does not count. */
  private static long fields(Map<String, String> fields) {
    long sum = fields.size();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      long hash = text(FNV_START, field.getKey());
      sum += mixed(field.getValue() == null ? ~hash : text(hash, field.getValue()));
    }
    return sum;
  }

  /** Ends with the length, so that two texts in a row do not run into each other. */
  private static long text(long start, String text) {
    long hash = start;
    for (int index = 0; index < text.length(); index++) {
      hash = (hash ^ text.charAt(index)) * FNV_PRIME;
    }
    return (hash ^ (text.length() + 0x10000L)) * FNV_PRIME;
  }

  private static long known(long hash) {
    long mixed = mixed(hash);
    return mixed == UNKNOWN ? 1 : mixed;
  }
}

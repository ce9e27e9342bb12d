package io.millrace.audit;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import java.time.Instant;
import java.util.Map;

/**
 * A short hash of an event's content: enough to detect accidental or manual changes, but no
 * protection against deliberate collisions.
 */
public final class Fingerprint {
  /** The value for unknown content. */
  static final long UNKNOWN = 0;

  /** The bits of an event's subject: also compared if nothing else is known. */
  static final long SUBJECT = 0xffff_ffff_0000_0000L;

  /** All bits of an event's content. */
  static final long ALL = -1L;

  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Fingerprint() {}

  /** The hash of an event's identity. */
  static long identity(String source, String eventId) {
    return known(text(text(FNV_START, source), eventId));
  }

  /** The hash of an event within its record, the scope of deduplication. */
  static long admission(long identity, RecordRef record) {
    return known(identity ^ text(text(FNV_START, record.getType()), record.getId()));
  }

  /** The hash of an event's subject and time. */
  static long subject(String type, RecordRef record, Instant occurredAt) {
    long hash = text(FNV_START, type);
    hash = text(text(hash, record.getType()), record.getId());
    return mixed(hash ^ occurredAt.toEpochMilli()) & SUBJECT;
  }

  /** The hash of an event's whole content. */
  static long content(Event event) {
    long data = mixed(fields(event.getData()) + 31 * fields(event.getPrevious())) & ~SUBJECT;
    return subject(event.getEventType(), event.getRecord(), event.getOccurredAt()) | data;
  }

  static long text(String text) {
    return mixed(text(FNV_START, text));
  }

  /** Distributes a value over all bits. */
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

  /** Ends with the length, so that two consecutive texts cannot be confused. */
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

package io.millrace.flow.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.event.ReplayedPart;
import io.millrace.model.EventKeys;
import io.millrace.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Makes dead letters of inputs that a step could not process. */
public final class DeadLetters {
  /** Index of a dead letter for a whole delivery. */
  static final int WHOLE_DELIVERY = -1;

  /** Used instead of a source in a dead letter about events of several sources. */
  public static final String ENGAGEMENT = "engagement";

  /** Used instead of a source in a dead letter about a merge of two records. */
  public static final String MERGES = "merges";

  /** The longest error, in characters: the text of an exception may contain its whole input. */
  private static final int LONGEST_ERROR = 4_000;

  /** How much of an original is kept if the letter would be too large with all of it, in bytes. */
  static final int MOST_OF_ORIGINAL = 1_000_000;

  /** How many attempts are kept if the letter would be too large with all of them. */
  private static final int MOST_ATTEMPTS = 100;

  private DeadLetters() {}

  /** A dead letter for a whole delivery; the original is its body. */
  public static DeadLetter of(Delivery delivery, int partition, long offset, Attempt attempt) {
    int index = delivery.getReplayedPart().map(ReplayedPart::getIndex).orElse(WHOLE_DELIVERY);
    Lineage lineage = new Lineage(delivery.getDeliveryId(), partition, offset, index);
    return letter(lineage, attemptsOf(delivery), attempt)
        .setSource(delivery.getSource())
        .setReceivedAt(delivery.getReceivedAt())
        .setOriginal(delivery.getBody().duplicate())
        .setHeaders(delivery.getHeaders())
        .setReplay(delivery.getReplay())
        .build();
  }

  /** A dead letter for an event; the original is the event as Avro JSON. */
  public static DeadLetter of(Event event, Attempt attempt) {
    return of(event, ByteBuffer.wrap(json(event)), attempt);
  }

  /** A dead letter for an event, with other original bytes. */
  public static DeadLetter of(Event event, ByteBuffer original, Attempt attempt) {
    EventMetadata metadata = event.getMetadata();
    return letter(metadata.getLineage(), metadata.getAttempts(), attempt)
        .setSource(event.getSource())
        .setEventId(event.getEventId())
        .setEventType(event.getEventType())
        .setRecord(event.getRecord())
        .setOccurredAt(event.getOccurredAt())
        .setReceivedAt(event.getReceivedAt())
        .setOriginal(original)
        .setReplay(event.getMetadata().getReplay())
        .build();
  }

  /**
   * A dead letter for an input of a score. The events themselves are in their topics. It belongs to
   * no delivery, so its cause is used as the delivery; the original is the input as text.
   */
  static DeadLetter ofEngagement(String cause, String input, long arrival, Attempt attempt) {
    Lineage lineage = new Lineage(cause, -1, -1L, WHOLE_DELIVERY);
    return letter(lineage, List.of(), attempt)
        .setSource(ENGAGEMENT)
        .setReceivedAt(Instant.ofEpochMilli(arrival))
        .setOriginal(ByteBuffer.wrap(input.getBytes(UTF_8)))
        .build();
  }

  /**
   * A dead letter for a message about a merge. The events themselves are in their topics. It
   * belongs to no delivery, so the record is used as the delivery.
   */
  static DeadLetter of(RecordRef record, SpecificRecord message, long arrival, Attempt attempt) {
    Lineage lineage = new Lineage(EventKeys.record(record), -1, -1L, WHOLE_DELIVERY);
    return letter(lineage, List.of(), attempt)
        .setSource(MERGES)
        .setRecord(record)
        .setReceivedAt(Instant.ofEpochMilli(arrival))
        .setOriginal(ByteBuffer.wrap(json(message)))
        .build();
  }

  /** An attempt that ended in an unexpected exception. */
  public static Attempt failed(String step, long at, RuntimeException failure) {
    return attempt(step, at, Reason.PROCESSING_FAILED, failure.toString());
  }

  /**
   * A failed attempt.
   *
   * @param at by the stream's clock, milliseconds since the epoch
   * @param error shortened if it is very long
   */
  public static Attempt attempt(String step, long at, Reason reason, String error) {
    String kept =
        error.length() <= LONGEST_ERROR
            ? error
            : error.substring(0, LONGEST_ERROR) + "... (%d characters)".formatted(error.length());
    return new Attempt(Instant.ofEpochMilli(at), step, reason.name(), kept);
  }

  /**
   * The letter, shortened if dead-letters would reject it because of its size: the beginning of the
   * original is enough to understand it, and a replay reads the delivery instead.
   */
  public static DeadLetter fitting(DeadLetter letter) {
    if (RecordSize.isAccepted(letter.getSource(), letter)) {
      return letter;
    }
    ByteBuffer original = beginning(letter.getOriginal());
    List<Attempt> attempts = letter.getAttempts();
    Attempt last = attempts.getLast();
    List<Attempt> kept =
        new ArrayList<>(
            attempts.subList(Math.max(0, attempts.size() - MOST_ATTEMPTS), attempts.size() - 1));
    kept.add(
        Attempt.newBuilder(last)
            .setError(
                "%s (The original has %d bytes; only the first %d are kept here.)"
                    .formatted(
                        last.getError(), letter.getOriginal().remaining(), original.remaining()))
            .build());
    return DeadLetter.newBuilder(letter).setOriginal(original).setAttempts(kept).build();
  }

  /** The first bytes, without a part of a UTF-8 character at their end. */
  private static ByteBuffer beginning(ByteBuffer original) {
    if (original.remaining() <= MOST_OF_ORIGINAL) {
      return original;
    }
    int end = MOST_OF_ORIGINAL;
    while (end > MOST_OF_ORIGINAL - 3 && isContinuation(original.get(original.position() + end))) {
      end--;
    }
    return original.slice(original.position(), end);
  }

  private static boolean isContinuation(byte each) {
    return (each & 0xC0) == 0x80;
  }

  private static List<Attempt> attemptsOf(Delivery delivery) {
    return delivery.getReplayedPart().map(ReplayedPart::getAttempts).orElse(List.of());
  }

  private static DeadLetter.Builder letter(Lineage lineage, List<Attempt> before, Attempt attempt) {
    List<Attempt> attempts = new ArrayList<>(before);
    attempts.add(attempt);
    return DeadLetter.newBuilder()
        .setDeadLetterId(lineage.getDeliveryId() + "/" + lineage.getIndex())
        .setReason(attempt.getReason())
        .setLineage(lineage)
        .setAttempts(attempts);
  }

  private static byte[] json(SpecificRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), bytes);
      new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Encoding to memory failed", impossible);
    }
  }
}

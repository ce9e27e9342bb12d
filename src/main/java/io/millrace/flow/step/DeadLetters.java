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
  public static DeadLetter ofEngagement(String cause, String input, long arrival, Attempt attempt) {
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
    return new Attempt(
        Instant.ofEpochMilli(at), step, Reason.PROCESSING_FAILED.name(), failure.toString());
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

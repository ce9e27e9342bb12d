package io.millrace.flow;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.ErasureRequest;
import io.millrace.event.Event;
import io.millrace.event.FieldProblem;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.SuppressedEvent;
import io.millrace.flow.erase.ErasureRequests;
import io.millrace.flow.erase.Erasures;
import io.millrace.flow.erase.SuppressedEvents;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.LogLines;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.format.EncodedSize;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import io.millrace.model.EventOrder;
import io.millrace.model.EventSize;
import io.millrace.model.LogField;
import io.millrace.model.Reason;
import io.millrace.model.RecordTypes;
import io.millrace.normalize.Normalized;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits each delivery into events and sends each one to its topic: engagement keyed by person,
 * everything else keyed by record, and what a record's events tell about people keyed by the
 * strongest identifier. What a sender asks to erase is written besides, once per identifier. A part
 * that is not a valid event becomes a dead letter; one that is declared to report nothing is only
 * counted.
 */
final class NormalizeDeliveries implements Processor<String, Delivery, String, SpecificRecord> {
  static final String NAME = "normalize-deliveries";
  private static final Logger LOG = LoggerFactory.getLogger(NormalizeDeliveries.class);

  private final DeliveryNormalizer normalizer;
  private final Erasures erasures;
  private final FlowMetrics metrics;
  private final SightingsWritten written = new SightingsWritten(SightingsWritten.MOST);
  private ProcessorContext<String, SpecificRecord> context;

  NormalizeDeliveries(DeliveryNormalizer normalizer, Erasures erasures, FlowMetrics metrics) {
    this.normalizer = normalizer;
    this.erasures = erasures;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    // What was written before may have been in a transaction that was aborted.
    written.clear();
  }

  @Override
  public void process(Record<String, Delivery> record) {
    Delivery delivery = record.value();
    List<Output> outputs = decide(delivery);

    for (Output output : outputs) {
      count(delivery, output);
      context.forward(
          new Record<>(output.key(), output.value(), delivery.getReceivedAt().toEpochMilli()),
          Nodes.write(output.topic()));
    }
    LOG.atDebug()
        .addKeyValue(LogField.DELIVERY_ID, delivery.getDeliveryId())
        .addKeyValue(LogField.SOURCE, delivery.getSource())
        .log("Normalized into {} records", outputs.size());
  }

  private List<Output> decide(Delivery delivery) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    try {
      return normalizer.normalize(delivery, place.partition(), place.offset()).stream()
          .flatMap(part -> outputs(delivery, part))
          .toList();
    } catch (RuntimeException failure) {
      LOG.atWarn()
          .addKeyValue(LogField.DELIVERY_ID, delivery.getDeliveryId())
          .addKeyValue(LogField.SOURCE, delivery.getSource())
          .setCause(failure)
          .log("The delivery could not be normalized");
      Attempt attempt = DeadLetters.failed(NAME, context.currentStreamTimeMs(), failure);
      return List.of(
          output(DeadLetters.of(delivery, place.partition(), place.offset(), attempt), List.of()));
    }
  }

  private Stream<Output> outputs(Delivery delivery, Normalized part) {
    return switch (part) {
      case Normalized.Refused refused ->
          Stream.of(output(refused.deadLetter(), refused.problems()));
      case Normalized.Event found -> outputs(delivery, found);
      case Normalized.Nothing nothing -> {
        metrics.nothing(delivery.getSource(), nothing.what());
        yield Stream.empty();
      }
    };
  }

  private Stream<Output> outputs(Delivery delivery, Normalized.Event found) {
    return erasures
        .find(found.event())
        .or(() -> erasedIn(found.sightings()))
        .map(erasure -> Stream.of(suppressed(found.event(), erasure)))
        .orElseGet(() -> admitted(delivery, found));
  }

  /** A record's events name the record itself, and the one it is merged with, only there. */
  private Optional<String> erasedIn(List<IdentifierSighting> sightings) {
    return sightings.stream()
        .flatMap(sighting -> erasures.find(sighting.getIdentifiers()).stream())
        .findFirst();
  }

  /** Its problems are not counted either: they are about values that nobody keeps. */
  private static Output suppressed(Event event, String erasureId) {
    return new Output(
        Topics.EVENTS_SUPPRESSED, erasureId, SuppressedEvents.of(event, erasureId), List.of());
  }

  private Stream<Output> admitted(Delivery delivery, Normalized.Event found) {
    Event event = found.event();
    if (!EncodedSize.isAtMost(EventSize.MAX_BYTES, event)) {
      return Stream.of(output(tooLarge(delivery, event), List.of()));
    }
    List<FieldProblem> problems = event.getMetadata().getProblems();
    Output output =
        RecordTypes.isPerson(event.getRecord())
            ? new Output(Topics.ENGAGEMENT_EVENTS, event.getRecord().getId(), event, problems)
            : new Output(Topics.RECORD_EVENTS, EventKeys.record(event), event, problems);
    if (EventOrder.isErasureRequest(event)) {
      // It says who shall be forgotten, and is no occasion to remember more about them.
      return Stream.concat(
          Stream.of(output), ErasureRequests.of(event).stream().map(NormalizeDeliveries::output));
    }
    return Stream.concat(
        Stream.of(output),
        found.sightings().stream().filter(written::add).map(NormalizeDeliveries::output));
  }

  private static Output output(IdentifierSighting sighting) {
    String home = sighting.getIdentifiers().getFirst().getId();
    return new Output(Topics.IDENTIFIER_SIGHTINGS, home, sighting, List.of());
  }

  private static Output output(ErasureRequest request) {
    return new Output(Topics.ERASURE_REQUESTS, ErasureRequests.key(request), request, List.of());
  }

  private static Output output(DeadLetter deadLetter, List<FieldProblem> problems) {
    return new Output(
        Topics.DEAD_LETTERS, deadLetter.getSource(), DeadLetters.fitting(deadLetter), problems);
  }

  private DeadLetter tooLarge(Delivery delivery, Event event) {
    String error =
        "The event has %d bytes; the limit is %d. Configure the sender to send less data."
            .formatted(EncodedSize.of(event), EventSize.MAX_BYTES);
    Attempt attempt =
        DeadLetters.attempt(NAME, context.currentStreamTimeMs(), Reason.EVENT_TOO_LARGE, error);
    return DeadLetters.of(event, delivery.getBody().duplicate(), attempt);
  }

  private void count(Delivery delivery, Output output) {
    output.problems().forEach(problem -> metrics.badField(delivery.getSource(), problem));
    if (output.value() instanceof DeadLetter deadLetter) {
      LogLines.about(LOG.atInfo(), deadLetter).log("Written to dead-letters");
      metrics.deadLetter(delivery.getSource(), Reason.valueOf(deadLetter.getReason()));
    } else if (output.value() instanceof SuppressedEvent suppressed) {
      metrics.suppressed(suppressed.getSource(), suppressed.getEventType());
    } else if (output.value() instanceof Event event) {
      long age = context.currentSystemTimeMs() - delivery.getReceivedAt().toEpochMilli();
      metrics.processed(
          NAME, event.getSource(), event.getEventType(), Duration.ofMillis(Math.max(0, age)));
    }
  }

  /** One record to write, and the problems of its fields. */
  private record Output(
      Topic<?> topic, String key, SpecificRecord value, List<FieldProblem> problems) {}
}

package io.millrace.bench.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.event.Delivery;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.TopicSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The same task as the usual examples of Kafka Streams solve it: a window store of ids, with the
 * window cut in halves around the event's time, as in the well-known deduplication example; a
 * minute's events by {@code windowedBy}, {@code count} and {@code suppress}; a record's last write
 * by {@code reduce}. It uses event time, with a grace period of five seconds for late events.
 */
final class TextbookTopology {
  static final String EVENTS = "bench-textbook-events";
  static final String MINUTES = "bench-textbook-minutes";
  static final String RECORDS = "bench-textbook-records";
  static final String BY_PERSON = "by-person";
  static final String BY_RECORD = "by-record";

  /** The example's: ten minutes, five before the event and five after. */
  static final Duration DEDUPE_WINDOW = Duration.ofMinutes(10);

  static final Duration GRACE = Duration.ofSeconds(5);

  private static final String IDS = "textbook-ids";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TextbookTopology() {}

  static Topology of(TopicSerdes serdes) {
    return of(serdes.values(Topics.DELIVERIES_RECEIVED));
  }

  static Topology of(Serde<Delivery> deliveries) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.windowStoreBuilder(
            Stores.persistentWindowStore(IDS, DEDUPE_WINDOW, DEDUPE_WINDOW, false),
            Serdes.String(),
            Serdes.Long()));
    KStream<String, String> events =
        builder.stream(
                Topics.DELIVERIES_RECEIVED.name(),
                Consumed.with(Serdes.String(), deliveries)
                    .withTimestampExtractor(new EventTime())
                    .withName("read-deliveries"))
            .mapValues(TextbookTopology::body, Named.as("parse"))
            .processValues(dropDuplicates(), Named.as("drop-duplicates"), IDS);
    events.to(EVENTS, Produced.with(Serdes.String(), Serdes.String()));

    events
        .filter((source, event) -> isEngagement(event), Named.as("engagement"))
        .selectKey((source, event) -> field(event, "person_id"), Named.as("key-by-person"))
        .groupByKey(Grouped.with(BY_PERSON, Serdes.String(), Serdes.String()))
        .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(1), GRACE))
        .count(Named.as("count-minutes"), Materialized.as("textbook-minutes"))
        .suppress(
            Suppressed.untilWindowCloses(BufferConfig.unbounded()).withName("textbook-suppress"))
        .toStream(Named.as("minutes"))
        .selectKey((minute, count) -> minute.key() + "@" + minute.window().start())
        .to(MINUTES, Produced.with(Serdes.String(), Serdes.Long()));

    events
        .filter((source, event) -> !isEngagement(event), Named.as("records"))
        .selectKey((source, event) -> record(event), Named.as("key-by-record"))
        .groupByKey(Grouped.with(BY_RECORD, Serdes.String(), Serdes.String()))
        .reduce(
            (before, event) -> event,
            Named.as("last-write"),
            Materialized.<String, String, KeyValueStore<Bytes, byte[]>>as("textbook-records")
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.String()))
        .toStream(Named.as("records-written"))
        .to(RECORDS, Produced.with(Serdes.String(), Serdes.String()));
    return builder.build();
  }

  private static String body(Delivery delivery) {
    return StandardCharsets.UTF_8.decode(delivery.getBody().duplicate()).toString();
  }

  private static boolean isEngagement(String event) {
    return !field(event, "person_id").isEmpty();
  }

  private static String record(String event) {
    String lead = field(event, "lead_id");
    return lead.isEmpty() ? field(event, "deal_id") : lead;
  }

  static String id(String event) {
    return parsed(event).path("event_id").asText();
  }

  static String field(String event, String name) {
    return parsed(event).path("data").path(name).asText();
  }

  private static JsonNode parsed(String event) {
    try {
      return JSON.readTree(event);
    } catch (JsonProcessingException invalid) {
      throw new IllegalArgumentException("The mix has no such event: " + event, invalid);
    }
  }

  private static FixedKeyProcessorSupplier<String, String, String> dropDuplicates() {
    return DropDuplicates::new;
  }

  /** The time of the event according to its sender. */
  private static final class EventTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
      return record.value() instanceof Delivery delivery
          ? Instant.parse(parsed(body(delivery)).path("timestamp").asText()).toEpochMilli()
          : record.timestamp();
    }
  }

  private static final class DropDuplicates
      extends ContextualFixedKeyProcessor<String, String, String> {
    private static final long HALF = DEDUPE_WINDOW.toMillis() / 2;

    @Override
    public void process(FixedKeyRecord<String, String> record) {
      String id = id(record.value());
      long time = record.timestamp();
      WindowStore<String, Long> ids = context().getStateStore(IDS);
      boolean isKnown = isKnown(ids, id, time);
      // As in the example: an id that is seen again is remembered for a full window again.
      ids.put(id, time, time);
      if (!isKnown) {
        context().forward(record);
      }
    }

    private static boolean isKnown(WindowStore<String, Long> ids, String id, long time) {
      try (WindowStoreIterator<Long> found = ids.fetch(id, time - HALF, time + HALF)) {
        return found.hasNext();
      }
    }
  }
}

package io.millrace.flow.order;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestRules;
import io.millrace.kafka.streams.BoundedRocksDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a million remembered ids cost: on disk, in the changelog and in RocksDB's memory. Ids are
 * UUIDs, the source's name has five letters. {@code -Dbench.ids=3000000} remembers more of them.
 */
class SeenEventIdsBench {
  private static final int IDS = Integer.getInteger("bench.ids", 1_000_000);
  private static final int DRAIN_EVERY = 10_000;
  private static final String NEXT = "next";

  private long changelogBytes;

  @Test
  void rememberIds(@TempDir Path directory) throws IOException {
    Properties settings = RecordsFlow.settings();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
    try (TopologyTestDriver driver =
        new TopologyTestDriver(topology(), settings, RecordsFlow.START)) {
      TestInputTopic<String, Event> events =
          driver.createInputTopic(
              Topics.RECORD_EVENTS.name(),
              new StringSerializer(),
              StateSerde.of(Event.class).serializer());
      TestOutputTopic<byte[], byte[]> changelog =
          driver.createOutputTopic(
              "test-" + MillraceTopology.RECORD_SEEN_EVENT_IDS + "-changelog",
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      long started = System.nanoTime();
      for (int i = 0; i < IDS; i++) {
        // A million in three days, as long as the default window.
        Instant at = RecordsFlow.START.plusMillis(i * Duration.ofDays(3).toMillis() / IDS);
        Event event =
            TestEvent.of("lead.updated", "lead/L-" + i % 1_000)
                .id(new UUID(mixed(i), mixed(~i)).toString())
                .delivery(new UUID(mixed(-i), mixed(i)).toString())
                .source("leads")
                .received(at.toEpochMilli())
                .build();
        events.pipeInput(new TestRecord<>("lead/L-" + i % 1_000, event, at));
        if (i % DRAIN_EVERY == 0) {
          drain(changelog.readRecordsToList());
        }
      }
      drain(changelog.readRecordsToList());
      double seconds = (System.nanoTime() - started) / 1e9;
      System.out.printf(
          "%,d ids: changelog %,d bytes, on disk %,d bytes, RocksDB's cache %,d bytes (shared by"
              + " all stores, indexes and filters in it); %,.0f ids/s%n",
          IDS, changelogBytes, size(directory), gauge(driver, "block-cache-usage"), IDS / seconds);
    }
  }

  private void drain(List<TestRecord<byte[], byte[]>> records) {
    records.forEach(record -> changelogBytes += record.key().length + record.value().length);
  }

  private static long gauge(TopologyTestDriver driver, String name) {
    return driver.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name))
        .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue())
        .max()
        .orElseThrow();
  }

  private static Topology topology() {
    MillraceTopology flow =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, offset) -> List.of(),
            source -> RecordsFlow.WINDOW,
            TestRules.with(RecordsFlow.defaultRules()),
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            StoreKind.ROCKSDB);
    DropDuplicates.Names names = MillraceTopology.DEDUPLICATE_RECORDS;
    Outlet<Event> next = Outlet.of(names.step());
    next.attach(NEXT);
    return new Topology()
        .addSource(
            "read",
            new StringDeserializer(),
            StateSerde.of(Event.class).deserializer(),
            Topics.RECORD_EVENTS.name())
        .addProcessor(
            names.step(),
            () ->
                new DropDuplicates(
                    names,
                    source -> RecordsFlow.WINDOW,
                    Deduplication.retention(Deduplication.LONGEST_WINDOW),
                    next,
                    new FlowMetrics(new SimpleMeterRegistry())),
            "read")
        .addStateStore(flow.seenEventIds(names.store()), names.step())
        .addProcessor(NEXT, Nowhere::new, names.step());
  }

  /** The end of what passes. */
  private static final class Nowhere implements Processor<String, Event, Void, Void> {
    @Override
    public void process(Record<String, Event> record) {}
  }

  private static long mixed(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}

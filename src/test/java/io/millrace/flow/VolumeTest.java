package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.bench.load.BenchSources;
import io.millrace.bench.load.VolumeMix;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.format.ForeignRecords;
import io.millrace.kafka.streams.BoundedRocksDb;
import io.millrace.kafka.streams.StoreMemory;
import io.millrace.kafka.streams.StoreMetrics;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.testing.TestIds;
import io.millrace.provider.Catalogue;
import io.millrace.source.SourceFolder;
import io.millrace.source.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The volume mix on RocksDB, with as many stores open as a process of six partitions has and the
 * least memory that is accepted for them. A store that is flushed again and again, or holds writes
 * up, shows here: once that was every store, and the flow stood still. More events with {@code
 * -Dvolume.events=N}.
 */
final class VolumeTest {
  private static final int EVENTS = Integer.getInteger("volume.events", 200_000);
  private static final int PARTITIONS = 6;
  private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

  /** Outputs are kept in memory until they are read. */
  private static final int READ_EVERY = 200;

  private final long seed = Long.getLong("volume.seed", System.nanoTime());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir private Path directory = Path.of("");

  @Test
  void leastMemoryIsEnoughForEveryStoreOfAProcess() {
    new StoreMetrics().bindTo(meters);
    Sources sources =
        SourceFolder.withoutSecrets(
                BenchSources.write(directory.resolve("sources"), "envelope", "0123456789abcdef"),
                Catalogue.bundled())
            .read();
    FlowRules rules =
        FlowRules.load(Path.of("topology", "topics.yaml"), Path.of("topology", "rules"));
    MillraceTopology flow = flow(rules);
    long instances =
        StoreInstances.of(flow.records(), topic -> PARTITIONS)
            + StoreInstances.of(flow.engagement(), topic -> PARTITIONS);
    double flushesBefore = count("millrace.stores.flushes");
    double stallsBefore = count("millrace.stores.stalls");

    long passed = 0;
    StoreMemory least = StoreMemory.of(StoreMemory.leastFor(instances)).sharedBy(instances);
    try (Partitions partitions = new Partitions(flow, least)) {
      passed = run(partitions, sources, TestIds.rules(rules.fields()));
    }

    String story = "seed %d: %d events, %d instances".formatted(seed, EVENTS, instances);
    assertThat(passed).as(story).isGreaterThanOrEqualTo(EVENTS);
    // Each is flushed at its end, and some now and then before; once it was with every write.
    assertThat(count("millrace.stores.flushes") - flushesBefore)
        .as(story)
        .isLessThan(instances * 8 + EVENTS / 200.0);
    // A busy disk may hold a write up now and then; in the collapse it was every one.
    assertThat(count("millrace.stores.stalls") - stallsBefore)
        .as(story)
        .isLessThan(EVENTS / 10_000.0);
  }

  private double count(String name) {
    return meters.get(name).functionCounter().count();
  }

  private long run(Partitions partitions, Sources sources, NormalizeRules fields) {
    Normalizer normalizer = new Normalizer(fields);
    List<Long> passed = new ArrayList<>(List.of(0L));
    VolumeMix.generate(
        seed,
        EVENTS,
        START,
        posted -> {
          long number = passed.getFirst();
          Delivery delivery = posted.delivery(number);
          for (Normalized part : normalizer.normalize(sources, delivery, 0, number)) {
            if (!(part instanceof Normalized.Event found)) {
              throw new AssertionError("seed " + seed + ": not an event: " + part);
            }
            partitions.process(found.event());
          }
          passed.set(0, number + 1);
        });
    return passed.getFirst();
  }

  private MillraceTopology flow(FlowRules rules) {
    return new MillraceTopology(
        new StateSerdes(),
        (delivery, partition, offset) -> List.of(),
        source -> Duration.ofDays(3),
        rules,
        (topic, partition) -> false,
        new FlowMetrics(meters),
        StoreKind.ROCKSDB);
  }

  /** The two roles that keep state, with a driver for each partition. */
  private final class Partitions implements AutoCloseable {
    private final List<Partition> records = new ArrayList<>();
    private final List<Partition> engagement = new ArrayList<>();

    Partitions(MillraceTopology flow, StoreMemory memory) {
      for (int number = 0; number < PARTITIONS; number++) {
        records.add(new Partition(flow.records(), "records-" + number, "record-events", memory));
        engagement.add(
            new Partition(flow.engagement(), "engagement-" + number, "engagement-events", memory));
      }
    }

    void process(Event event) {
      boolean isEngagement = event.getRecord().getType().equals("person");
      String id = event.getRecord().getId();
      String key = isEngagement ? id : event.getRecord().getType() + '/' + id;
      List<Partition> role = isEngagement ? engagement : records;
      role.get(Math.floorMod(key.hashCode(), PARTITIONS)).process(key, event);
    }

    @Override
    public void close() {
      records.forEach(Partition::close);
      engagement.forEach(Partition::close);
    }
  }

  /** One partition of a role. */
  private final class Partition implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, Event> input;
    private int processed;

    Partition(Topology topology, String name, String topic, StoreMemory memory) {
      Properties settings = new Properties();
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
      settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
      settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
      settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
      settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
      settings.put(
          StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ForeignRecords.class);
      settings.put(BoundedRocksDb.MEMORY, memory.bytes());
      settings.put(BoundedRocksDb.INSTANCES, memory.instances());
      driver = new TopologyTestDriver(topology, settings, START);
      input =
          driver.createInputTopic(
              topic,
              new StringSerializer(),
              new StateSerdes().values(Topics.RECORD_EVENTS).serializer());
    }

    void process(String key, Event event) {
      input.pipeInput(key, event, event.getReceivedAt());
      processed++;
      if (processed % READ_EVERY == 0) {
        for (String written : driver.producedTopicNames()) {
          driver
              .createOutputTopic(written, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList();
        }
      }
    }

    @Override
    public void close() {
      driver.close();
    }
  }
}

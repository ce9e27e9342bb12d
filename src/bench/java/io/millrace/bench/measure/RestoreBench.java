package io.millrace.bench.measure;

import io.millrace.bench.reference.ReferenceApplication;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.BenchFailure;
import io.millrace.bench.setup.FirstFailure;
import io.millrace.kafka.streams.CaughtUpConsumers;
import io.millrace.kafka.streams.StreamSettings;
import io.millrace.kafka.streams.StreamsRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/**
 * Measures how fast Kafka Streams rebuilds a store of ids from its changelog, with the flow's
 * settings.
 */
final class RestoreBench {
  private static final String ROLE = "restore";
  private static final String PREFIX = "bench";
  private static final String INPUT = "bench-restore-input";
  private static final String STORE = "seen";
  private static final String CHANGELOG = PREFIX + "-" + ROLE + "-" + STORE + "-changelog";
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int VALUE_BYTES = 64;

  private final BenchCluster cluster;
  private final BenchDirectory directory;

  RestoreBench(BenchCluster cluster, BenchDirectory directory) {
    this.cluster = cluster;
    this.directory = directory;
  }

  /** Rows restored per second, without the start time of an empty application. */
  double rowsPerSecond(int rows) {
    cluster.create(IdStore.PARTITIONS, INPUT, CHANGELOG);
    double empty = secondsToStart(directory.folder("restore-empty"));
    write(rows);
    double full = secondsToStart(directory.folder("restore-full"));
    return rows / Math.max(0.001, full - empty);
  }

  private double secondsToStart(Path state) {
    StreamSettings settings = ReferenceApplication.settings(state, Map.of());
    try (StreamsRunner runner =
        new StreamsRunner(ROLE, topology(), cluster.kafka(), settings, new CaughtUpConsumers())) {
      long begin = System.nanoTime();
      runner.start();
      while (!runner.isRunning()) {
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new BenchFailure(
              "The state was not restored within %d s; try fewer rows with --rows N"
                  .formatted(PATIENCE.toSeconds()));
        }
        BenchCluster.pauseShortly();
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private static Topology topology() {
    Topology topology = new Topology();
    topology.addSource("read", new ByteArrayDeserializer(), new ByteArrayDeserializer(), INPUT);
    topology.addProcessor("remember", Remember::new, "read");
    topology.addStateStore(
        Stores.windowStoreBuilder(
                Stores.persistentWindowStore(STORE, WINDOW.multipliedBy(2), WINDOW, false),
                Serdes.String(),
                Serdes.ByteArray())
            .withCachingDisabled(),
        "remember");
    return topology;
  }

  private void write(int rows) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            cluster.endpoints().bootstrapServers(),
            "linger.ms",
            5,
            "batch.size",
            256 * 1024,
            "compression.type",
            "lz4");
    SplittableRandom random = new SplittableRandom(rows);
    long now = System.currentTimeMillis();
    byte[] value = new byte[VALUE_BYTES];
    random.nextBytes(value);
    FirstFailure failures = new FirstFailure();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int row = 0; row < rows; row++) {
        byte[] key = IdStore.key(IdStore.id(random), now);
        // The callback reports failures; the future is not needed.
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(CHANGELOG, row % IdStore.PARTITIONS, now, key, value),
                failures);
      }
    }
    failures.check();
  }

  /** Owns the store; it never reads anything. */
  private static final class Remember extends ContextualProcessor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> record) {}
  }
}

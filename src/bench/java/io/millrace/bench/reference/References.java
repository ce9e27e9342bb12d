package io.millrace.bench.reference;

import io.millrace.bench.load.VolumeMix;
import io.millrace.bench.reference.Applications.Input;
import io.millrace.bench.result.Passage;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.FirstFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Runs the applications that the flow is compared with, each in its own process. */
public final class References {
  private final BenchCluster cluster;
  private final BenchDirectory directory;
  private final String mainClass;
  private final Duration limit;

  public References(
      BenchCluster cluster, BenchDirectory directory, String mainClass, Duration limit) {
    this.cluster = cluster;
    this.directory = directory;
    this.mainClass = mainClass;
    this.limit = limit;
  }

  /** Runs one until it has read all of its input. */
  public Passage run(ReferenceApplication application, long load) {
    try (Applications running = start(application)) {
      return await(running, application, load);
    }
  }

  /** Creates its topics and starts it; the caller closes it. */
  public Applications start(ReferenceApplication application) {
    int partitions = cluster.partitions(TrivialTopologies.DELIVERIES);
    if (application != ReferenceApplication.HOPS) {
      cluster.create(partitions, application.outputs().toArray(String[]::new));
    }
    Applications running = new Applications(cluster);
    running.add(
        directory.start(
            mainClass,
            List.of(
                "bench",
                "reference",
                application.role(),
                cluster.endpoints().bootstrapServers(),
                cluster.endpoints().confluentUrl(),
                directory.file("state-" + application.role()).toString()),
            application.role() + ".log"));
    return running;
  }

  public Passage await(Applications running, ReferenceApplication application, long load) {
    List<Input> inputs =
        application.inputs().stream().map(it -> new Input(application.group(), it)).toList();
    return running.await(inputs, load, limit);
  }

  /** Writes the load of the hops: as many records as the mix has, of as many people. */
  public void writeSmall(int events, long seed) {
    cluster.create(
        cluster.partitions(TrivialTopologies.DELIVERIES),
        ReferenceApplication.HOPS.outputs().toArray(String[]::new));
    SplittableRandom random = new SplittableRandom(seed);
    // One request in flight: the topic is new, and if the broker leads a partition only from the
    // second request on, it takes that one and refuses the first for its sequence ever after.
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            cluster.endpoints().bootstrapServers(),
            "linger.ms",
            5,
            "max.in.flight.requests.per.connection",
            1);
    long start = Instant.now().toEpochMilli();
    FirstFailure failures = new FirstFailure();
    try (Producer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int number = 0; number < events; number++) {
        String value = "P-" + (1 + random.nextInt(VolumeMix.PEOPLE)) + "/" + number;
        // The callback reports failures; the future is not needed.
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(TrivialTopologies.SMALL, null, start, "b" + number % 8, value),
                failures);
      }
    }
    failures.check();
  }
}

package io.millrace.bench.answers;

import io.millrace.bench.load.MixEvent;
import io.millrace.bench.load.VolumeMix;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.FirstFailure;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.log.KafkaDeliveryLog;
import io.millrace.kafka.topic.RegistrySerdes;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * The mix on its topic, written as the edge writes it, and the right results for it. The closing
 * events are written after everything else has been read: earlier, they would close windows that
 * other events still count in.
 */
public final class MixLog {
  private static final int MOST_UNDER_WAY = 2_000;

  private final BenchCluster cluster;
  private final long seed;
  private final int size;
  private final Instant start;
  private final Answers right = new Answers();
  private int distinct;
  private long deliveries;

  public MixLog(BenchCluster cluster, long seed, int size, Instant now) {
    this.cluster = cluster;
    this.seed = seed;
    this.size = size;
    this.start = now.minusMillis(VolumeMix.spanMs(size));
  }

  /** Writes everything but the closing events. */
  public void write() {
    try (Writer writer = new Writer()) {
      distinct = VolumeMix.generate(seed, size, start, writer::write);
    }
  }

  /** Writes the closing events. */
  public void close() {
    try (Writer writer = new Writer()) {
      distinct = VolumeMix.close(size, distinct, start, writer::write);
    }
  }

  /** The right results for everything that has been written. */
  public Answers right() {
    return right;
  }

  /** Distinct events. */
  public int distinct() {
    return distinct;
  }

  /** Everything that was posted, including copies. */
  public long deliveries() {
    return deliveries;
  }

  private final class Writer implements AutoCloseable {
    private final RegistrySerdes serdes = new RegistrySerdes(cluster.registry());
    private final KafkaDeliveryLog log =
        new KafkaDeliveryLog(cluster.kafka(), serdes, Topics.DELIVERIES_RECEIVED, source -> false);
    private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
    private final FirstFailure failures = new FirstFailure();

    void write(MixEvent event) {
      room.acquireUninterruptibly();
      right.learn(event);
      log.append(event.delivery(deliveries++))
          .whenComplete(
              (done, failed) -> {
                if (failed != null) {
                  failures.failed(failed);
                }
                room.release();
              });
    }

    @Override
    public void close() {
      room.acquireUninterruptibly(MOST_UNDER_WAY);
      log.close();
      serdes.close();
      failures.check();
    }
  }
}

package io.millrace.kafka.log;

import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks once a second whether every partition of a topic has a leader, so that no request has to
 * wait for that answer.
 */
final class TopicProbe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicProbe.class);
  private static final int PATIENCE_MS = 2_000;

  private final String topic;
  private final Admin admin;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("topic-probe").factory());
  private volatile boolean ready;
  private volatile boolean away;

  TopicProbe(KafkaSettings kafka, String topic) {
    this.topic = topic;
    this.admin =
        Admin.create(
            kafka.with(
                Map.of(
                    "client.id",
                    "millrace-edge-probe",
                    "request.timeout.ms",
                    PATIENCE_MS,
                    "default.api.timeout.ms",
                    PATIENCE_MS,
                    "reconnect.backoff.max.ms",
                    500)));
    // It ends with the scheduler.
    Future<?> unused = clock.scheduleWithFixedDelay(this::probe, 0, 1, TimeUnit.SECONDS);
  }

  /** The last result, at most three seconds old. */
  boolean isReady() {
    return ready;
  }

  /** Records a failure: not ready until the next check succeeds. */
  void doubt() {
    ready = false;
  }

  /** Whether the last check did not reach the cluster; false before the first check. */
  boolean isAway() {
    return away;
  }

  private void probe() {
    try {
      ready = ask();
      if (away) {
        LOG.info("Kafka is reachable again");
      }
      away = false;
    } catch (ExecutionException | TimeoutException unreachable) {
      ready = false;
      if (!away) {
        LOG.warn(
            "Kafka is unreachable; deliveries are refused until it is reachable again: {}",
            unreachable.toString());
      }
      away = true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ask() throws ExecutionException, TimeoutException, InterruptedException {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
        .values()
        .stream()
        .allMatch(TopicProbe::hasLeaders);
  }

  private static boolean hasLeaders(TopicDescription description) {
    return description.partitions().stream()
        .map(TopicPartitionInfo::leader)
        .allMatch(leader -> leader != null && !leader.isEmpty());
  }

  @Override
  public void close() {
    clock.shutdownNow();
    admin.close(Duration.ofMillis(PATIENCE_MS));
  }
}

package io.millrace.kafka.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one role of the flow. */
public final class StreamsRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final String role;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;
  private final LeftTransactions left;

  /**
   * Prepares a role; nothing is read before {@link #start()}.
   *
   * @throws StateDirectoryException when the state directory belongs to another process, or cannot
   *     be written to
   */
  public StreamsRunner(
      String role,
      Topology topology,
      KafkaSettings kafka,
      StreamSettings settings,
      CaughtUpConsumers consumers) {
    this(role, topology, kafka, settings, consumers, new ThreadReplacement(role, consumers));
  }

  public StreamsRunner(
      String role,
      Topology topology,
      KafkaSettings kafka,
      StreamSettings settings,
      CaughtUpConsumers consumers,
      ThreadReplacement onDeath) {
    this.role = role;
    Properties properties = StreamProperties.of(role, kafka, settings);
    properties.putAll(consumers.settings());
    this.streams = prepare(role, topology, properties, settings, consumers);
    this.metrics = new KafkaStreamsMetrics(streams);
    this.left =
        new LeftTransactions(kafka, StreamProperties.clientId(role, settings), settings.threads());
    streams.setUncaughtExceptionHandler(onDeath);
    streams.setStateListener(
        (present, past) -> LOG.info("Role {} is {}, was {}", role, present, past));
  }

  private static KafkaStreams prepare(
      String role,
      Topology topology,
      Properties properties,
      StreamSettings settings,
      CaughtUpConsumers consumers) {
    try {
      return new KafkaStreams(topology, properties, consumers, consumers.time());
    } catch (StreamsException failure) {
      // Other exceptions thrown here are about the settings, and have other types.
      throw new StateDirectoryException(settings.stateDirectory(), role, failure);
    }
  }

  public String role() {
    return role;
  }

  /** Returns immediately; the role runs once {@link #isRunning()} is true. */
  public void start() {
    left.end();
    streams.start();
  }

  /** Whether every partition of this process is being processed. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Registers Kafka's own metrics, including the lag. */
  public void bindTo(MeterRegistry registry) {
    metrics.bindTo(registry);
  }

  /** Finishes the current work and keeps the place in the group for a restart. */
  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.timeout(CLOSE_PATIENCE)
                .withGroupMembershipOperation(
                    CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    if (!closed) {
      LOG.warn("Role {} did not stop within {} s", role, CLOSE_PATIENCE.toSeconds());
    }
    metrics.close();
    left.close();
  }
}

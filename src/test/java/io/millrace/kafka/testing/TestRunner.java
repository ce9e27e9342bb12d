package io.millrace.kafka.testing;

import io.millrace.kafka.streams.CaughtUpConsumers;
import io.millrace.kafka.streams.StreamSettings;
import io.millrace.kafka.streams.StreamsRunner;
import io.millrace.kafka.streams.ThreadReplacement;
import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import org.apache.kafka.streams.Topology;

/** Runs a role as production does, except that a thread that died is replaced almost at once. */
public final class TestRunner {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private TestRunner() {}

  public static StreamsRunner of(
      String role,
      Topology topology,
      KafkaSettings kafka,
      StreamSettings settings,
      CaughtUpConsumers consumers) {
    return new StreamsRunner(
        role,
        topology,
        kafka,
        settings,
        consumers,
        new ThreadReplacement(role, consumers, AT_ONCE, AT_ONCE));
  }
}

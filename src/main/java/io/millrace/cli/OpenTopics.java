package io.millrace.cli;

import io.millrace.Config;
import io.millrace.kafka.KafkaTopicReader;
import io.millrace.kafka.RegistrySerdes;
import io.millrace.kafka.TopicReader;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

/** The topics of a cluster, open to be read by a command. */
final class OpenTopics implements AutoCloseable {
  private final Config config;
  private final RegistrySerdes serdes;

  private OpenTopics(Config config) {
    this.config = config;
    this.serdes = new RegistrySerdes(config.registry());
  }

  /**
   * Does some work with the topics open.
   *
   * @throws CommandException when Kafka or the registry cannot be reached, or lacks a topic
   */
  static <T> T with(Config config, Function<OpenTopics, T> work) {
    try (OpenTopics topics = new OpenTopics(config)) {
      return work.apply(topics);
    } catch (KafkaException failure) {
      throw CommandException.unreachable(
          "Could not read the topics at %s: %s. Is Kafka running there, and kafka.bootstrap.servers right?"
              .formatted(config.kafka().bootstrapServers(), failure.getMessage()));
    }
  }

  /** A reader that begins at the beginning. */
  TopicReader reader() {
    return new KafkaTopicReader(config.kafka(), serdes);
  }

  RegistrySerdes serdes() {
    return serdes;
  }

  Config config() {
    return config;
  }

  @Override
  public void close() {
    serdes.close();
  }
}

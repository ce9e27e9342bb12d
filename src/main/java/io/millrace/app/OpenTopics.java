package io.millrace.app;

import io.millrace.config.Config;
import io.millrace.identity.IdentityRules;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.read.KafkaTopicReader;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.normalize.NormalizeRules;
import io.millrace.source.Sources;
import io.millrace.yaml.InvalidFileException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** The topics of a cluster, opened for a command to read. */
public final class OpenTopics implements AutoCloseable {
  private final Config config;
  private final RegistrySerdes serdes;

  private OpenTopics(Config config) {
    this.config = config;
    this.serdes = new RegistrySerdes(config.registry());
  }

  /**
   * Runs some work with open topics.
   *
   * @throws CommandException when Kafka or the registry cannot be reached, or lacks a topic
   */
  public static <T> T with(Config config, Function<OpenTopics, T> work) {
    try (OpenTopics topics = new OpenTopics(config)) {
      return work.apply(topics);
    } catch (KafkaException failure) {
      throw CommandException.unreachable(
          ("Cannot read the topics at %s: %s. Check that Kafka is running there, and"
                  + " kafka.bootstrap.servers")
              .formatted(config.kafka().bootstrapServers(), failure.getMessage()));
    }
  }

  /** A reader that starts at the beginning. */
  public TopicReader reader() {
    return new KafkaTopicReader(config.kafka(), serdes);
  }

  /**
   * The currently connected sources, without their secrets.
   *
   * @throws CommandException with every fault of every file
   */
  public Sources sources() {
    return valid(
        () ->
            Sources.loadWithoutSecrets(
                config.topology().sources(), Catalogues.load(config.topology().catalogue())));
  }

  /**
   * The rules with which the flow normalizes.
   *
   * @throws CommandException when the rules are invalid, or the key for people's ids is missing
   */
  public NormalizeRules rules() {
    return IdentityKey.rules(config);
  }

  /**
   * The rules by which the flow joins identifiers.
   *
   * @throws CommandException when the rules are invalid
   */
  public IdentityRules identityRules() {
    return valid(() -> IdentityRules.load(config.topology().rules()));
  }

  /**
   * How the topics are declared.
   *
   * @throws CommandException when the file is invalid
   */
  public TopicSettings declared() {
    return valid(() -> TopicSettings.load(config.topology().topics()));
  }

  private static <T> T valid(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  public RegistrySerdes serdes() {
    return serdes;
  }

  public Config config() {
    return config;
  }

  @Override
  public void close() {
    serdes.close();
  }
}

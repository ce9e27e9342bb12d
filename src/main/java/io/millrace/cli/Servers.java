package io.millrace.cli;

import io.millrace.app.OpenTopics;
import io.millrace.app.Reach;
import io.millrace.config.Config;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** The servers that commands talk to: waits for them, and says so. */
public final class Servers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Servers() {}

  /**
   * Returns once Kafka and the schema registry have answered.
   *
   * @param patience how long to wait for each of them
   * @throws io.millrace.app.CommandException when one of them does not
   */
  static void await(CommandSpec command, Config config, Duration patience) {
    String brokers = config.kafka().bootstrapServers();
    Waiting.on(
        command, "Waiting for Kafka at " + brokers, () -> Reach.kafka(config.kafka(), patience));
    awaitRegistry(command, config, patience);
  }

  /**
   * The same for the schema registry alone, within ten seconds.
   *
   * @throws io.millrace.app.CommandException when it does not answer
   */
  public static void awaitRegistry(CommandSpec command, Config config) {
    awaitRegistry(command, config, PATIENCE);
  }

  private static void awaitRegistry(CommandSpec command, Config config, Duration patience) {
    Waiting.on(
        command,
        "Waiting for the schema registry at " + config.registry().url(),
        () -> Reach.registry(config.registry(), patience));
  }

  /**
   * Runs some work with the topics of the cluster.
   *
   * @throws io.millrace.app.CommandException when Kafka or the registry does not answer within ten
   *     seconds, or lacks a topic
   */
  public static <T> T withTopics(CommandSpec command, Config config, Function<OpenTopics, T> work) {
    await(command, config, PATIENCE);
    return Waiting.on(
        command,
        "Reading the topics at " + config.kafka().bootstrapServers(),
        () -> OpenTopics.with(config, work));
  }
}

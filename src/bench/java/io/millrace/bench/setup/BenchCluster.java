package io.millrace.bench.setup;

import io.millrace.bench.stack.EmbeddedStack;
import io.millrace.bench.stack.Progress;
import io.millrace.bench.stack.StackEndpoints;
import io.millrace.bench.stack.StackSettings;
import io.millrace.kafka.provision.Provisioning;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;

/** A broker and a registry in this process, with the topics of the flow. */
public final class BenchCluster implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final EmbeddedStack stack;
  private final StackEndpoints endpoints;
  private final TopicSettings topics;

  private BenchCluster(EmbeddedStack stack, StackEndpoints endpoints, TopicSettings topics) {
    this.stack = stack;
    this.endpoints = endpoints;
    this.topics = topics;
  }

  /**
   * Starts it on free ports.
   *
   * @param home the checkout that declares the topics
   * @param say receives progress messages
   */
  public static BenchCluster start(BenchDirectory directory, Path home, Consumer<String> say) {
    say.accept("Starting a broker and a schema registry ...");
    EmbeddedStack stack =
        EmbeddedStack.withoutConnect(
            StackSettings.onFreePorts(directory.file("stack")), Progress.silent());
    TopicSettings topics = TopicSettings.load(home.resolve("topology").resolve("topics.yaml"));
    BenchCluster cluster = new BenchCluster(stack, stack.start(), topics);
    try {
      cluster.provision();
      return cluster;
    } catch (RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  public KafkaSettings kafka() {
    return KafkaSettings.of(endpoints.bootstrapServers());
  }

  public RegistrySettings registry() {
    return RegistrySettings.of(endpoints.confluentUrl());
  }

  public StackEndpoints endpoints() {
    return endpoints;
  }

  private void provision() {
    new Provisioning(kafka(), registry()).provision(topics, (short) 1);
  }

  /** Recreates every topic of the flow. */
  public void forgetEverything() {
    try (Admin admin = admin()) {
      Set<String> existing = await(admin.listTopics().names());
      // The internal topics of Kafka and Connect stay.
      List<String> doomed =
          existing.stream()
              .filter(name -> !name.startsWith("__") && !name.startsWith("connect-"))
              .toList();
      await(admin.deleteTopics(doomed).all());
      long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
      while (await(admin.listTopics().names()).stream().anyMatch(doomed::contains)) {
        if (System.nanoTime() > deadline) {
          throw new BenchFailure(
              "The broker did not delete its topics within %d s".formatted(PATIENCE_SECONDS));
        }
        pause();
      }
    }
    provision();
  }

  /** Creates topics in addition to those of the flow. */
  public void create(int partitions, String... names) {
    try (Admin admin = admin()) {
      await(
          admin
              .createTopics(
                  List.of(names).stream()
                      .map(name -> new NewTopic(name, partitions, (short) 1))
                      .toList())
              .all());
    }
  }

  public int partitions(String topic) {
    return topics.find(topic).orElseThrow().partitions();
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", endpoints.bootstrapServers()));
  }

  /** Polling interval for what takes seconds. */
  public static void pause() {
    pause(100);
  }

  /** Polling interval for what is timed. */
  public static void pauseShortly() {
    pause(5);
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("The benchmark was interrupted");
    }
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new BenchFailure(
          "The broker refused or did not answer a request: " + failure.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("The benchmark was interrupted");
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}

package io.millrace.cli;

import io.millrace.kafka.ConnectClient;
import io.millrace.kafka.Connectors;
import io.millrace.kafka.InvalidTopicSettingsException;
import io.millrace.kafka.KafkaSettings;
import io.millrace.kafka.Provisioning;
import io.millrace.kafka.ProvisioningException;
import io.millrace.kafka.RegistrySettings;
import io.millrace.kafka.TopicSettings;
import io.millrace.stack.EmbeddedStack;
import io.millrace.stack.StackEndpoints;
import io.millrace.stack.StackException;
import io.millrace.stack.StackSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: the embedded stack alone, until Ctrl-C. */
@Command(
    name = "up",
    description = {
      "Starts the embedded stack: a Kafka broker, a schema registry, a Connect worker and PostgreSQL,",
      "with the topics, schemas and connectors of topology/. Stays up until Ctrl-C."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  private static final Path TOPOLOGY = Path.of("topology");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keeps everything under DIR (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = "Adds N to every port (default: ${DEFAULT-VALUE}).")
  private int portOffset;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    EmbeddedStack stack = new EmbeddedStack(settings(), new TerminalProgress(out));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
    try {
      StackEndpoints endpoints = stack.start();
      provision(endpoints);
      print(out, endpoints);
      stopped.await();
      return Exit.DONE;
    } catch (StackException failure) {
      throw CommandException.unreachable(failure.getMessage());
    } catch (ProvisioningException failure) {
      stack.close();
      throw CommandException.unreachable(failure.getMessage());
    } catch (InvalidTopicSettingsException failure) {
      stack.close();
      throw CommandException.usage(failure.getMessage());
    }
  }

  private StackSettings settings() {
    try {
      return StackSettings.of(data, portOffset);
    } catch (IllegalArgumentException failure) {
      throw CommandException.usage(String.valueOf(failure.getMessage()));
    }
  }

  /** Topics, schemas and connectors of the embedded stack, as the files under topology say. */
  static void provision(StackEndpoints endpoints) {
    KafkaSettings kafka = KafkaSettings.of(endpoints.bootstrapServers());
    RegistrySettings registry = RegistrySettings.of(endpoints.confluentUrl());
    TopicSettings topics = TopicSettings.load(TOPOLOGY.resolve("topics.yaml"));
    new Provisioning(kafka, registry).provision(topics, (short) 1);
    Connectors connectors =
        Connectors.load(TOPOLOGY.resolve("connectors"), connectorValues(endpoints));
    new ConnectClient(endpoints.connectUrl()).put(connectors);
  }

  private static Map<String, String> connectorValues(StackEndpoints endpoints) {
    return Map.of(
        "registryUrl", endpoints.confluentUrl(),
        "jdbcUrl", endpoints.jdbcUrl(),
        "jdbcUser", endpoints.jdbcUser(),
        "jdbcPassword", endpoints.jdbcPassword(),
        "replicationFactor", "1");
  }

  private void print(PrintWriter out, StackEndpoints endpoints) {
    out.printf("%nThe embedded stack is up; its data is in %s.%n%n", data.toAbsolutePath());
    out.printf("  Kafka            %s%n", endpoints.bootstrapServers());
    out.printf("  schema registry  %s (Confluent's API)%n", endpoints.confluentUrl());
    out.printf("  Connect          %s%n", endpoints.connectUrl());
    out.printf(
        "  warehouse        %s, user %s, password %s%n",
        endpoints.jdbcUrl(), endpoints.jdbcUser(), endpoints.jdbcPassword());
    out.printf("                   psql %s%n%n", endpoints.psqlUrl());
    out.printf("Ctrl-C stops it.%n");
    out.flush();
  }
}

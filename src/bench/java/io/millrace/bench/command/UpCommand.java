package io.millrace.bench.command;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.Provision;
import io.millrace.app.UntilStopped;
import io.millrace.bench.stack.EmbeddedStack;
import io.millrace.bench.stack.StackEndpoints;
import io.millrace.bench.stack.StackException;
import io.millrace.bench.stack.StackSettings;
import io.millrace.cli.PortOffset;
import io.millrace.cli.Terminal;
import io.millrace.config.Config;
import io.millrace.console.Logging;
import io.millrace.kafka.topic.ProvisioningException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: the embedded stack alone, until Ctrl-C. */
@Command(
    name = "up",
    description = {
      "Starts only the embedded stack, and runs until Ctrl-C.",
      "The stack is a Kafka broker, a schema registry, a Connect worker and PostgreSQL, with the"
          + " topics, schemas and connectors of topology/."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  /** What a shared machine means for the stack. */
  static final String OPEN_TO_THE_MACHINE =
      """
        Everything listens on 127.0.0.1 only. Kafka, the schema registry and (for reading) Connect ask
        nobody to sign in, so every user of this machine can read and write the topics.""";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keeps everything under DIR (default: ./${DEFAULT-VALUE}).",
      defaultValue = "data")
  private Path data = Path.of("data");

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = "Adds N to every port (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  private int portOffset;

  @Override
  public Integer call() throws InterruptedException {
    PortOffset.check(portOffset);
    Logging.toFile(data.resolve("logs").resolve("millrace.log"));
    PrintWriter out = Terminal.out(spec);
    EmbeddedStack stack =
        new EmbeddedStack(
            StackSettings.of(data, portOffset), new TerminalProgress(line -> show(out, line)));
    UntilStopped stop = UntilStopped.closing(stack, "stop-stack");
    try {
      StackEndpoints endpoints = stack.start();
      Config config = EmbeddedConfig.of(endpoints, data, portOffset);
      Provision.topicsAndSchemas(config);
      Provision.connectors(config);
      print(out, endpoints);
      stop.await();
      return Exit.DONE;
    } catch (StackException | ProvisioningException failure) {
      throw CommandException.unreachable(String.valueOf(failure.getMessage()));
    } finally {
      stack.close();
    }
  }

  private static void show(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private void print(PrintWriter out, StackEndpoints endpoints) {
    String options =
        (portOffset == 0 ? "" : " --port-offset " + portOffset)
            + " --config "
            + EmbeddedConfig.write(endpoints, data);
    out.printf("%nThe embedded stack is up; its data is in %s.%n%n", data.toAbsolutePath());
    out.printf("  Kafka            %s%n", endpoints.bootstrapServers());
    out.printf("  schema registry  %s (Confluent's API)%n", endpoints.confluentUrl());
    out.printf("  Connect          %s%n", endpoints.connectUrl());
    out.printf("  warehouse        psql %s%n%n", endpoints.psqlUrl());
    out.printf("%s%n%n", OPEN_TO_THE_MACHINE);
    out.printf("To run Millrace, each in its own terminal:%n");
    out.printf("  ./millrace stream%s%n  ./millrace edge%s%n%n", options, options);
    out.printf("Ctrl-C stops the stack.%n");
    out.flush();
  }
}

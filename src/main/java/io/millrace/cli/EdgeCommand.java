package io.millrace.cli;

import io.millrace.console.Logging;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the edge against an existing cluster until it is told to stop. */
@Command(
    name = "edge",
    description = {
      "Takes webhooks over HTTP, verifies them, and writes them to Kafka.",
      "Runs until it gets SIGTERM or Ctrl-C; then it answers what it has begun, and ends."
    },
    mixinStandardHelpOptions = true)
public final class EdgeCommand implements Callable<Integer> {
  private final DeliveryLogFactory logs;

  @Mixin private ConfigOptions options = new ConfigOptions();

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  public EdgeCommand(DeliveryLogFactory logs) {
    this.logs = logs;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.toConsole();
    EdgeProcess process = EdgeProcess.start(options.load(), logs);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.close();
                  stopped.countDown();
                },
                "stop-edge"));
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "millrace: the edge takes deliveries on port %d, the console answers on port %d%n",
        process.edgePort(), process.consolePort());
    err.flush();
    stopped.await();
    return Exit.DONE;
  }
}

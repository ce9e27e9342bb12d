package io.millrace.bench.command;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.Started;
import io.millrace.app.UntilStopped;
import io.millrace.bench.reference.ReferenceApplication;
import io.millrace.console.Logging;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A reference to compare the flow with, which {@code bench stream} starts in its own process. */
@Command(
    name = "reference",
    description = "Runs a reference that the flow is compared with; bench stream starts it.",
    hidden = true)
public final class BenchReferenceCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "bytes, hops or textbook.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "BROKERS", description = "The cluster.")
  private String brokers = "";

  @Parameters(index = "2", paramLabel = "REGISTRY", description = "The schema registry.")
  private String registry = "";

  @Parameters(index = "3", paramLabel = "DIR", description = "Directory for its state.")
  private Path state = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    Logging.toConsole();
    ReferenceApplication application =
        ReferenceApplication.named(name)
            .orElseThrow(() -> CommandException.usage("There is no reference " + name));
    Started started = new Started();
    UntilStopped stop = UntilStopped.closing(started, "stop-reference");
    started.add(application.start(KafkaSettings.of(brokers), RegistrySettings.of(registry), state));
    stop.await();
    return Exit.DONE;
  }
}

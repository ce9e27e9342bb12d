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

/** What {@code bench stream} starts in a process of its own: something to compare with. */
@Command(
    name = "reference",
    description = "Runs what the flow is compared with; started by bench stream.",
    hidden = true)
public final class BenchReferenceCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "bytes, hops or textbook.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "BROKERS", description = "The cluster.")
  private String brokers = "";

  @Parameters(index = "2", paramLabel = "REGISTRY", description = "The schema registry.")
  private String registry = "";

  @Parameters(index = "3", paramLabel = "DIR", description = "Where its state lies.")
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

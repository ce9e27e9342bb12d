package io.millrace.bench.command;

import io.millrace.app.Exit;
import io.millrace.app.Started;
import io.millrace.app.UntilStopped;
import io.millrace.bench.reference.BareServer;
import io.millrace.console.Logging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The server that does nothing, which {@code bench edge} starts in its own process. */
@Command(
    name = "bare-server",
    description = "Answers every delivery with 200 and does nothing else; bench edge starts it.",
    hidden = true)
public final class BenchBareServerCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PORT", description = "Port of 127.0.0.1.")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    Logging.toConsole();
    Started started = new Started();
    UntilStopped stop = UntilStopped.closing(started, "stop-bare-server");
    BareServer server = started.add(new BareServer(port));
    server.start();
    stop.await();
    return Exit.DONE;
  }
}

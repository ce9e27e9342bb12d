package io.millrace.bench.command;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.bench.demo.Demo;
import io.millrace.bench.demo.DemoSystem;
import io.millrace.bench.demo.Screen;
import io.millrace.bench.ledger.LedgerReport;
import io.millrace.bench.ledger.LedgerText;
import io.millrace.bench.simulator.DemoSecrets;
import io.millrace.bench.simulator.EdgeUnavailableException;
import io.millrace.bench.simulator.journal.Journal;
import io.millrace.cli.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole system, simulated senders, and a ledger that must balance. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the whole system on this machine, sends it signed traffic, and prints the ledger.",
      "The traffic comes from a simulated customer base, with retries, duplicates, disorder and"
          + " forgeries. The ledger compares what was sent with what the topics and the"
          + " warehouse contain. The system keeps running afterwards unless --exit is given.",
      "Started again on the same data, it continues an interrupted run, or begins a new one."
    })
public final class DemoCommand implements Callable<Integer> {
  private final DemoSystem.Starter starter;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "4000",
      description = "About how many events to send (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Directory for all data (default: ./${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Added to every port (default: ${DEFAULT-VALUE}).")
  private int portOffset;

  @Option(
      names = "--exit",
      description = "Exit after the ledger: with 0 if it balances, with 1 if not.")
  private boolean exit;

  public DemoCommand() {
    this(EmbeddedSystem::start);
  }

  DemoCommand(DemoSystem.Starter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (events < 1) {
      throw CommandException.usage("--events must be at least 1, not " + events);
    }
    PrintWriter out = Terminal.drawing(spec);
    Screen screen = new Screen(out, Ansi.AUTO.enabled());
    Path own = data.resolve("demo");
    DemoSecrets secrets = DemoSecrets.in(own);
    try (DemoSystem system = starter.start(data, portOffset, secrets.environment(), screen::line)) {
      LedgerReport report = run(system, secrets, own, screen);
      boolean unicode = System.out.charset().equals(StandardCharsets.UTF_8);
      new LedgerText(unicode).lines(report).forEach(screen::line);
      if (!exit) {
        stayUp(system, screen);
      }
      return report.isBalanced() ? Exit.DONE : Exit.NO;
    }
  }

  private LedgerReport run(DemoSystem system, DemoSecrets secrets, Path own, Screen screen)
      throws InterruptedException {
    Clock clock = Clock.systemUTC();
    try (Journal journal = Journal.open(own, seed, events, clock.instant())) {
      if (journal.isResumed() && journal.run().seed() != seed) {
        screen.line(
            "An interrupted run with seed "
                + journal.run().seed()
                + " is finished first; run the command again afterwards for seed "
                + seed);
      }
      return new Demo(system, secrets, journal, screen, clock).run();
    } catch (EdgeUnavailableException unavailable) {
      throw CommandException.unreachable(String.valueOf(unavailable.getMessage()));
    }
  }

  private static void stayUp(DemoSystem system, Screen screen) throws InterruptedException {
    screen.line("");
    screen.line("Still running; Ctrl-C stops everything.");
    system.addresses().forEach(address -> screen.line("  " + address));
    UpCommand.OPEN_TO_THE_MACHINE.lines().forEach(screen::line);
    new CountDownLatch(1).await();
  }
}

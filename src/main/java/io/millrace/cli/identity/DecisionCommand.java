package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Terminal;
import io.millrace.cli.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that decide have in common. */
abstract class DecisionCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for the next person who looks at it. Name no personal data.")
  private String reason = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who decides (default: the name of your user).")
  private String by = System.getProperty("user.name", "");

  @Option(names = "--dry-run", description = "Show what would change, without deciding it.")
  private boolean dryRun;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT30S",
      description = "How long to wait for the flow (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Desks desks;

  DecisionCommand(Desks desks) {
    this.desks = desks;
  }

  /** What is decided. */
  abstract Verb verb();

  /** The identifiers as typed: one, or two. */
  abstract List<String> about();

  /** Whether to decide what is so already. */
  boolean isInAdvance() {
    return false;
  }

  @Override
  public final Integer call() {
    if (reason.isBlank()) {
      throw CommandException.usage("--reason is empty: write why, in a few words");
    }
    if (by.isBlank()) {
      throw CommandException.usage("--by is empty: write who decides");
    }
    if (patience.isNegative()) {
      throw CommandException.usage("--wait must not be negative");
    }
    return desks.with(spec, options.load(), this::at);
  }

  private int at(Desk desk) {
    Wish wish =
        new Wish(
            verb(),
            about().stream().map(desk::find).toList(),
            reason.strip(),
            by.strip(),
            isInAdvance());
    DecisionMaker maker = new DecisionMaker(desk, Clock.systemUTC(), patience, Terminal.out(spec));
    return dryRun
        ? maker.preview(wish)
        : Waiting.on(spec, "Waiting until the flow has decided by it", () -> maker.decide(wish));
  }
}

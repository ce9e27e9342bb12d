package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows who an identifier is, and why. */
@Command(
    name = "show",
    description = {
      "Shows the person, or the account, that an identifier belongs to.",
      "It lists all identifiers with the event that joined each, what is kept apart and why,"
          + " decisions, changes and the score. The output contains personal data."
    },
    mixinStandardHelpOptions = true,
    footer = {"%nExit code 0: it is known, 1: it is not."})
final class IdentityShowCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(
      paramLabel = "IDENTIFIER",
      description =
          "An e-mail address, a telephone number, kind:system:value (contact:crm:101), a record"
              + " (contact/crm:101), or an opaque id, also of a person.")
  private String typed = "";

  @Option(names = "--json", description = "Print it as one JSON object, complete.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Maximum number of identifiers to list (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--changes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Maximum number of changes to list, the latest (default: ${DEFAULT-VALUE}).")
  private int changes;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Desks desks;

  IdentityShowCommand() {
    this(new ClusterDesks());
  }

  IdentityShowCommand(Desks desks) {
    this.desks = desks;
  }

  @Override
  public Integer call() {
    if (limit < 0 || changes < 0) {
      throw CommandException.usage("--limit and --changes must not be negative");
    }
    return desks.with(spec, options.load(), this::show);
  }

  private int show(Desk desk) {
    Dossier dossier = new Dossiers(desk.topics(), desk.rules()).of(desk.find(typed), changes);
    PrintWriter out = Terminal.out(spec);
    if (json) {
      out.println(IdentityJson.of(dossier, desk.rules()));
      out.flush();
    } else {
      new IdentityText(out, desk.rules(), limit).print(dossier);
    }
    return Exit.DONE;
  }
}

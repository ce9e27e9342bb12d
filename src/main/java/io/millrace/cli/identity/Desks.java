package io.millrace.cli.identity;

import io.millrace.config.Config;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Opens what the commands work with. */
@FunctionalInterface
interface Desks {

  /**
   * Runs some work at a desk.
   *
   * @throws io.millrace.app.CommandException when a server does not answer, or a file is invalid
   */
  int with(CommandSpec command, Config config, Function<Desk, Integer> work);
}

package io.millrace.bench.command;

import io.millrace.cli.CommandSet;
import io.millrace.cli.Subcommand;
import java.util.List;

/** The commands that simulate the outside world or measure Millrace. */
public final class BenchCommands implements CommandSet {
  @Override
  public List<Subcommand> commands() {
    return List.of(
        new Subcommand(DemoCommand.class, DemoCommand::new),
        new Subcommand(UpCommand.class, UpCommand::new),
        new Subcommand(ReplayCommand.class, ReplayCommand::new),
        new Subcommand(SimulateCommand.class, SimulateCommand::new),
        new Subcommand(BenchCommand.class, BenchCommand::complete));
  }
}

package io.millrace.cli;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command and its factory. Reading every option of every command takes longer than most commands
 * run, so only the called ones are created in full.
 */
public record Subcommand(Class<?> type, Supplier<Object> maker) {

  /**
   * The full command if the arguments may name it, otherwise just what the list of commands shows.
   */
  public CommandLine asNeededFor(String... arguments) {
    return Arrays.stream(arguments).anyMatch(this::mayBeNamedBy)
        ? made()
        : new CommandLine(outline());
  }

  /** Its name on the command line. */
  public String name() {
    return description().name();
  }

  private CommandLine made() {
    Object made = maker.get();
    return made instanceof CommandLine complete ? complete : new CommandLine(made);
  }

  /** Arguments that begin with @ name files of further arguments. */
  private boolean mayBeNamedBy(String argument) {
    return argument.equals(description().name()) || argument.startsWith("@");
  }

  private CommandSpec outline() {
    CommandSpec outline = CommandSpec.create().name(description().name());
    outline.usageMessage().description(description().description());
    return outline;
  }

  private Command description() {
    return Objects.requireNonNull(
        type.getAnnotation(Command.class), () -> type + " is not a picocli command");
  }
}

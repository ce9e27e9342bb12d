package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Commands that are not called are only outlined; nobody may see a difference. */
class MainTest {
  @Test
  void helpIsTheSameAsWithEveryCommandInFull() {
    String outlined = Main.commands("--help").getUsageMessage();
    CommandLine full = Main.commands(names().toArray(String[]::new));

    assertThat(names()).contains("demo", "edge", "topology");
    assertThat(outlined).isEqualTo(full.getUsageMessage());
  }

  @Test
  void everyCommandExplainsItself() {
    for (String name : names()) {
      CommandLine command =
          Objects.requireNonNull(Main.commands(name, "--help").getSubcommands().get(name));
      assertThat(command.getUsageMessage()).as(name).contains("Usage: millrace " + name, "--help");
    }
  }

  @Test
  void everyDescriptionIsAFormat() {
    everyCommand(Main.commands(names().toArray(String[]::new)))
        .forEach(
            spec ->
                assertThat(spec.usageMessage().description())
                    .as(spec.qualifiedName())
                    .allSatisfy(line -> assertThat(String.format(line)).isNotNull()));
  }

  private static Stream<CommandSpec> everyCommand(CommandLine command) {
    return Stream.concat(
        Stream.of(command.getCommandSpec()),
        command.getSubcommands().values().stream().flatMap(MainTest::everyCommand));
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    StringWriter said = new StringWriter();

    int exitCode = Main.commands("strem").setErr(new PrintWriter(said)).execute("strem");

    assertThat(exitCode).isEqualTo(2);
    assertThat(said.toString()).contains("Did you mean", "stream");
  }

  @Test
  void doesWithoutTheCommandsOfTheOtherArtifact() {
    Thread thread = Thread.currentThread();
    ClassLoader complete = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(names()).contains("edge", "stream", "audit").doesNotContain("demo", "bench");
      assertThat(Main.run("demo")).isEqualTo(2);
    } finally {
      thread.setContextClassLoader(complete);
    }
  }

  private static List<String> names() {
    return List.copyOf(Main.commands().getSubcommands().keySet());
  }
}

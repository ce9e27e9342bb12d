package io.millrace.cli.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Exit;
import io.millrace.cli.EdgeCommand;
import io.millrace.cli.StreamCommand;
import io.millrace.provider.Catalogue;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import io.millrace.tidy.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Follows the manual's page on adding a source to the letter. */
class AddingASourceTest {
  private static final String PAGE = Checkout.read("docs/adding-a-source.md");
  private static final Pattern FILE = Pattern.compile("(?ms)^cat > (\\S+) <<'END'\n(.*?)^END$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\./millrace (.*)$");
  private static final Pattern ANSWER = Pattern.compile("(?ms)^```\n(OK\n.*?)^```$");

  @TempDir private Path folder;

  @BeforeEach
  void writeItsFiles() throws IOException {
    var file = FILE.matcher(PAGE);
    while (file.find()) {
      var path = folder.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2));
    }
  }

  @Test
  void connectsItsSources() {
    var catalogue = Catalogue.with(folder.resolve("my-catalogue"));

    var sources =
        Sources.load(
            folder.resolve("my-sources"), catalogue, name -> Optional.of("a secret of 20 letters"));

    assertThat(sources.all())
        .extracting(Source::name)
        .containsExactly("acme-leads", "back-office", "billing");
    assertThat(PAGE)
        .contains("ref: env:BILLING_SECRET", "export BILLING_SECRET=... BILLING_SECRET_OLD=...");
  }

  @Test
  void triesTheRequestItKept() {
    var out = new StringWriter();
    var command =
        all(COMMAND).stream()
            .filter(each -> each.startsWith("sources test"))
            .findFirst()
            .orElseThrow();

    int exit =
        commands()
            .setOut(new PrintWriter(out, true))
            .execute(command.replace("my-catalogue", folder + "/my-catalogue").split(" ", -1));

    assertThat(exit).isEqualTo(Exit.DONE);
    assertThat(out.toString().lines().map(String::stripTrailing))
        .containsAll(all(ANSWER).getFirst().lines().toList());
  }

  @Test
  void namesCommandsAndOptionsThatExist() {
    for (var command : all(COMMAND)) {
      var parsed = commands().parseArgs(command.split(" ", -1));

      assertThat(parsed.errors()).as(command).isEmpty();
    }
  }

  @CommandLine.Command(name = "millrace")
  private static final class Root {}

  private static CommandLine commands() {
    return new CommandLine(new Root())
        .addSubcommand(new SourcesCommand())
        .addSubcommand(new StreamCommand())
        .addSubcommand(
            new EdgeCommand(
                (config, registry, spreads) -> {
                  throw new AssertionError("Nothing is started here");
                }));
  }

  private static List<String> all(Pattern pattern) {
    return pattern.matcher(PAGE).results().map(match -> match.group(1)).toList();
  }
}

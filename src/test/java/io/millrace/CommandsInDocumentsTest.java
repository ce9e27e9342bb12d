package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tidy.Checkout;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command line a reader may copy is one that the program takes. */
class CommandsInDocumentsTest {
  private final CommandsInDocuments commands = new CommandsInDocuments();

  @Test
  void everyCommandAndOptionOnAPageExists() {
    assertThat(pages())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            page -> assertThat(commands.faults(Checkout.read(page))).as(page.toString()).isEmpty());
  }

  @Test
  void readmeCallsTheProgram() {
    assertThat(commands.typed(Checkout.read("README.md")))
        .contains("demo", "up")
        .hasSizeGreaterThan(5);
  }

  @Test
  void seesWhatDoesNotExist() {
    assertThat(commands.faults("```bash\n./millrace frobnicate\n```\n")).hasSize(1);
    assertThat(commands.faults("```bash\n  ./millrace edge --frobnicate 1\n```\n")).hasSize(1);
    assertThat(commands.faults("```\n./millrace edge \\\n  --frobnicate 1\n```\n")).hasSize(1);
    assertThat(commands.faults("```\n./millrace audit [--frobnicate TIME]\n```\n")).hasSize(1);
    assertThat(commands.faults("See `./millrace sources frobnicate`.")).hasSize(1);
    assertThat(commands.faults("See `sources frobnicate`, `bench edge`.")).hasSize(1);
    assertThat(commands.faults("With `--frobnicate` it does.")).hasSize(1);
  }

  @Test
  void takesWhatExists() {
    assertThat(commands.faults("```bash\n./millrace audit --json > report.json\n```\n")).isEmpty();
    assertThat(commands.faults("```\n./millrace identity block X --reason \"a b\"\n```\n"))
        .isEmpty();
    assertThat(commands.faults("`./millrace sources test --help` and `--json`")).isEmpty();
    assertThat(commands.faults("The record `edge` and `sources` by themselves")).isEmpty();
  }

  private static Stream<Path> pages() {
    return Checkout.files().stream().filter(path -> path.toString().endsWith(".md"));
  }
}

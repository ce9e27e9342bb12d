package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.provider.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedSystemsTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  @TempDir private Path folder;

  @Test
  void sourceIsASystemOfItsOwnUnlessItNamesAnother() throws IOException {
    write("crm", "");
    write("crm-workflows", "system: crm");
    write("sales", "");

    assertThat(load().all()).extracting(Source::system).containsExactly("crm", "crm", "sales");
  }

  @Test
  void stagingSourceIsAlwaysASystemOfItsOwn() throws IOException {
    write("crm", "");
    write("crm-staging", "system: crm\nstaging: true");

    assertThat(load().find("crm-staging").orElseThrow().system()).isEqualTo("crm-staging");
  }

  @Test
  void refusesToMixProductionWithTests() throws IOException {
    write("crm", "system: try");
    write("try", "staging: true");

    assertThatThrownBy(this::load)
        .hasMessageContaining(
            folder.resolve("crm.yaml")
                + ": its system try is a staging source, whose records are those of tests; name"
                + " another system, or remove staging: true there");
  }

  @Test
  void refusesANameThatNoSystemHas() throws IOException {
    write("crm", "system: Our CRM");

    assertThatThrownBy(this::load)
        .hasMessageContaining("system: Our CRM cannot be the name of a system");
  }

  @Test
  void shippedSourcesNameTheSystemsOfTheirIds() {
    Sources shipped = Sources.loadWithoutSecrets(Path.of("topology", "sources"), CATALOGUE);

    assertThat(shipped.find("leads").orElseThrow().system()).isEqualTo("crm");
    assertThat(shipped.find("billing").orElseThrow().system()).isEqualTo("billing");
  }

  private Sources load() {
    return Sources.load(folder, CATALOGUE, name -> Optional.of("user:secret"));
  }

  private void write(String name, String rest) throws IOException {
    List<String> lines =
        List.of("source: " + name, "provider: envelope", "secrets: [{ref: env:A}]", rest);
    Files.writeString(folder.resolve(name + ".yaml"), String.join("\n", lines));
  }
}

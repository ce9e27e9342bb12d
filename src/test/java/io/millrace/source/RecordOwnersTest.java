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

class RecordOwnersTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final String OWN = "mapping: {recordIds: own}\n";
  private static final String SHARED = "mapping: {recordIds: shared}\n";

  @TempDir private Path folder;

  @Test
  void refusesTwoSourcesThatCanWriteOneRecord() throws IOException {
    write("crm", "hubspot", "");
    write("sales", "pipedrive", "");

    assertThatThrownBy(this::load)
        .hasMessageContaining(
            folder.resolve("sales.yaml")
                + ": the sources crm and sales can both write records of the type account, contact,"
                + " and the same id would be one record; add to the mapping of one of them"
                + " recordIds: own (its ids then begin with its name: sales:101), or to both"
                + " recordIds: shared if the same id is the same record in both");
    assertThat(
            Sources.survey(folder, CATALOGUE, name -> Optional.of("user:secret")).stream()
                .map(each -> each.faults().size()))
        .containsExactly(0, 1);
  }

  @Test
  void acceptsThemOnceOneIsSeparateOrBothShareTheirIds() throws IOException {
    write("crm", "hubspot", "");
    write("sales", "pipedrive", OWN);
    assertThat(load().all()).hasSize(2);

    write("crm", "hubspot", SHARED);
    write("sales", "pipedrive", SHARED);
    assertThat(load().all()).hasSize(2);

    write("crm", "hubspot", OWN);
    write("sales", "pipedrive", OWN);
    assertThat(load().all()).hasSize(2);
  }

  @Test
  void sendersOfYourOwnCanWriteAnyRecordToo() throws IOException {
    write("back-office", "envelope", "");
    write("shop", "generic-hmac", "");

    assertThatThrownBy(this::load)
        .hasMessageContaining("the sources back-office and shop can both write records, and");
  }

  @Test
  void oneCannotShareAlone() throws IOException {
    write("crm", "hubspot", SHARED);
    write("sales", "pipedrive", "");

    assertThatThrownBy(this::load).hasMessageContaining("recordIds: shared");
  }

  @Test
  void sourcesOfPeopleAndStagingSourcesAreInNobodysWay() throws IOException {
    write("crm", "hubspot", "");
    write("crm-staging", "hubspot", "staging: true\n");
    write("web", "segment", OWN);
    write("mail", "mailgun", "");

    assertThat(load().all()).hasSize(4);
  }

  @Test
  void sourcesOfKnownTypesMeetOnlyInThese() throws IOException {
    write("forms", "google-lead", "");
    write("ads", "google-lead", "");
    assertThatThrownBy(this::load).hasMessageContaining("can both write records of the type lead");

    write("ads", "trello", "");
    write("crm", "hubspot", "");
    assertThat(load().all()).hasSize(3);

    write("web", "segment", "");
    assertThatThrownBy(this::load)
        .hasMessageContaining("the sources crm and web can both write records of the type account");
  }

  @Test
  void shippedSourcesSayWhatTheirIdsMean() {
    Sources shipped = Sources.loadWithoutSecrets(Path.of("topology", "sources"), CATALOGUE);

    assertThat(shipped.all()).extracting(Source::name).contains("leads", "crm", "billing");
  }

  private Sources load() {
    return Sources.load(folder, CATALOGUE, name -> Optional.of("user:secret"));
  }

  private void write(String name, String provider, String rest) throws IOException {
    List<String> lines =
        List.of(
            "source: " + name,
            "provider: " + provider,
            "publicUrl: as-received",
            "secrets: [{ref: env:A}]",
            rest);
    Files.writeString(folder.resolve(name + ".yaml"), String.join("\n", lines));
  }
}

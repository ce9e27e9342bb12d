package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.rule.InvalidRulesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FieldRulesTest {
  @TempDir private Path folder;

  static FieldRules rules(String yaml) {
    try {
      return FieldRules.of(new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (JsonProcessingException invalid) {
      throw new UncheckedIOException(invalid);
    }
  }

  @Test
  void theFirstLineThatFitsCounts() {
    var rules =
        rules(
            """
            fields:
              - {field: amount, records: [deal], on: deal.won, kind: integer, owner: a, bad: keep}
              - {field: amount, records: deal, kind: number, owner: b, bad: omit}
              - {field: amount, on: "*.refunded", kind: number, owner: c, bad: null}
            """);

    assertThat(rules.find("amount", "deal", "deal.won").orElseThrow().owner()).contains("a");
    assertThat(rules.find("amount", "deal", "deal.updated").orElseThrow().owner()).contains("b");
    assertThat(rules.find("amount", "payment", "payment.refunded").orElseThrow().bad())
        .isEqualTo(FieldPolicy.NULL);
    assertThat(rules.find("amount", "payment", "payment.succeeded")).isEmpty();
    assertThat(rules.find("price", "deal", "deal.won")).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrong() {
    assertThatExceptionOfType(InvalidRulesException.class)
        .isThrownBy(
            () ->
                rules(
                    """
                    fields:
                      - {field: a, kind: mail, owner: x, bad: omit}
                      - {field: b, kind: text, bad: sometimes}
                      - {kind: text, owner: x, bad: keep}
                      - {field: c, owner: x, bad: keep, maxLength: 0}
                      - {field: d, kind: number, owner: x, min: 5, max: 4}
                      - {field: e, kind: text, owner: x, bad: keep, min: 5}
                      - {field: f, kind: oneOf, owner: x, bad: keep}
                      - {field: g, kind: text, owner: x, bad: keep, oneOf: [A]}
                      - {field: h, kind: phone, owner: x, bad: keep, region: XX}
                      - {field: i, kind: text, owner: x, bad: keep, region: DE, length: 5}
                      - {field: j, kind: text, owner: x, bad: keep, normalize: maybe, maxLength: long}
                    atLeastOne:
                      - {fields: [email], on: lead.created, bad: keep}
                      - {fields: [email, phone], bad: omit}
                    colour: red
                    """))
        .satisfies(
            invalid ->
                assertThat(invalid.faults())
                    .containsExactly(
                        "fields.yaml: fields[0].kind is 'mail'; it is one of text, email, phone,"
                            + " number, integer, date, timestamp, url, boolean, country, currency,"
                            + " oneOf",
                        "fields.yaml: fields[1].owner is missing",
                        "fields.yaml: fields[1].bad is 'sometimes'; it is one of refuse, null,"
                            + " omit, keep",
                        "fields.yaml: fields[2].field is missing",
                        "fields.yaml: fields[3].maxLength is not a number of characters",
                        "fields.yaml: fields[3].kind is missing",
                        "fields.yaml: fields[4].max is less than min",
                        "fields.yaml: fields[4].bad is missing",
                        "fields.yaml: fields[5].min and max have no effect unless kind is number or"
                            + " integer",
                        "fields.yaml: fields[6].oneOf is missing although kind is oneOf",
                        "fields.yaml: fields[7].oneOf has no effect unless kind is oneOf",
                        "fields.yaml: fields[8].region is 'XX'; it is the ISO 3166 code of a"
                            + " country, such as DE",
                        "fields.yaml: fields[9].region has no effect unless kind is phone",
                        "fields.yaml: fields[9].length is not known here; known are [bad, field,"
                            + " kind, max, maxLength, min, normalize, on, oneOf, owner, records,"
                            + " region]",
                        "fields.yaml: fields[10].normalize is neither true nor false",
                        "fields.yaml: fields[10].maxLength is not a number of characters",
                        "fields.yaml: atLeastOne[0].fields must name at least two fields",
                        "fields.yaml: atLeastOne[1].on is missing; name the event types it is for,"
                            + " such as lead.created",
                        "fields.yaml: atLeastOne[1].bad is 'omit'; it is one of refuse, keep",
                        "fields.yaml: colour is not known here; known are [atLeastOne, fields]"));
  }

  @Test
  void saysWhatKeepsAFileFromBeingRead() throws IOException {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> FieldRules.load(folder))
        .withMessageContaining("fields.yaml");

    Files.writeString(folder.resolve("fields.yaml"), "fields: [}");
    assertThatExceptionOfType(InvalidRulesException.class)
        .isThrownBy(() -> FieldRules.load(folder))
        .withMessageContaining("fields.yaml: is not YAML");

    Files.writeString(folder.resolve("fields.yaml"), "fields: []\nfields: []");
    assertThatExceptionOfType(InvalidRulesException.class)
        .isThrownBy(() -> FieldRules.load(folder));

    Files.writeString(folder.resolve("fields.yaml"), "");
    assertThatExceptionOfType(InvalidRulesException.class)
        .isThrownBy(() -> FieldRules.load(folder));
  }

  @Test
  void readsWhatIsShipped() {
    var rules = FieldRules.load(Path.of("topology", "rules"));

    assertThat(rules.find("email", "lead", "lead.created").orElseThrow().bad())
        .isEqualTo(FieldPolicy.OMIT);
    assertThat(rules.demands()).hasSize(1);
  }
}

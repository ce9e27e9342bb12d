package io.millrace.normalize.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public final class FieldRulesTest {
  @TempDir private Path folder;

  public static FieldRules rules(String yaml) {
    return YamlFile.read("fields.yaml", yaml, FieldRules::read);
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
    assertThatExceptionOfType(InvalidFileException.class)
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
                    .extracting(Fault::toString)
                    .containsExactly(
                        "fields.yaml:2: kind: mail cannot be used; did you mean email?",
                        "fields.yaml:3: the key owner is missing; add it, as in owner: sales"
                            + " operations",
                        "fields.yaml:3: bad: sometimes cannot be used; use one of keep, null,"
                            + " omit, refuse",
                        "fields.yaml:4: the key field is missing; add it, as in field: email",
                        "fields.yaml:5: the key kind is missing; add it, as in kind: text",
                        "fields.yaml:5: maxLength: 0 cannot be used; write a whole number from"
                            + " 1 to 2147483647",
                        "fields.yaml:6: the key bad is missing; add it, as in bad: keep",
                        "fields.yaml:6: max is less than min; raise max or lower min",
                        "fields.yaml:7: min and max have no effect unless kind is number or"
                            + " integer; remove them",
                        "fields.yaml:8: kind is oneOf and oneOf is missing; list what the"
                            + " field may hold",
                        "fields.yaml:9: oneOf has no effect unless kind is oneOf; remove one"
                            + " of them",
                        "fields.yaml:10: region: XX is not a country; write its ISO 3166 code,"
                            + " such as DE",
                        "fields.yaml:11: region has no effect unless kind is phone; remove it",
                        "fields.yaml:11: the key length is unknown; use one of max, maxLength,"
                            + " min, normalize, on, oneOf, records",
                        "fields.yaml:12: normalize: maybe cannot be used; write true or false",
                        "fields.yaml:12: maxLength: long cannot be used; write a whole number"
                            + " from 1 to 2147483647",
                        "fields.yaml:14: fields has fewer than two names; list the fields of which"
                            + " one is required",
                        "fields.yaml:15: the key on is missing; add it, as in on:"
                            + " [lead.created]",
                        "fields.yaml:15: bad: omit cannot be used; use one of keep, refuse",
                        "fields.yaml:16: the key colour is unknown; use one of atLeastOne,"
                            + " fields"));
  }

  @Test
  void saysWhatKeepsAFileFromBeingRead() throws IOException {
    assertThatExceptionOfType(InvalidFileException.class)
        .isThrownBy(() -> FieldRules.load(folder))
        .withMessageContaining("fields.yaml");

    Files.writeString(folder.resolve("fields.yaml"), "fields: [}");
    assertThatExceptionOfType(InvalidFileException.class)
        .isThrownBy(() -> FieldRules.load(folder))
        .withMessageContaining("fields.yaml:1: it is not YAML");

    Files.writeString(folder.resolve("fields.yaml"), "fields: []\nfields: []");
    assertThatExceptionOfType(InvalidFileException.class).isThrownBy(() -> FieldRules.load(folder));

    Files.writeString(folder.resolve("fields.yaml"), "");
    assertThatExceptionOfType(InvalidFileException.class).isThrownBy(() -> FieldRules.load(folder));
  }

  @Test
  void readsWhatIsShipped() {
    var rules = FieldRules.load(Path.of("topology", "rules"));

    assertThat(rules.find("email", "lead", "lead.created").orElseThrow().bad())
        .isEqualTo(FieldPolicy.OMIT);
    assertThat(rules.requirements()).hasSize(1);
  }
}

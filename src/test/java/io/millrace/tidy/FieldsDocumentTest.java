package io.millrace.tidy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.field.FieldKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manual's list of fields is written from {@code topology/rules/fields.yaml}. */
class FieldsDocumentTest {
  private static final String INTRODUCTION =
      """
      # Fields

      Written from `topology/rules/fields.yaml` by a test; do not edit. This is what the canonical fields are meant to hold,
      whatever the source, who answers for each, and what becomes of an event whose value is something else. A source's own
      mapping may say otherwise ([adding-a-source.md](adding-a-source.md#what-fields-may-hold)). A field that is not listed is
      taken as it is sent.

      Values are written in one way, so that equal things are equal text. `previous` is written alike.

      """;

  private static final String POLICIES =
      """

      | bad value | what becomes of the event |
      |---|---|
      | `omit` | it no longer mentions the field: the record keeps the value it has |
      | `keep` | it keeps the value as sent |
      | `null` | it clears the field, and with it a good value the record may have |
      | `refuse` | it becomes a dead letter with reason `INVALID_FIELD`, which names every bad field and can be replayed |

      Whatever the policy, the event carries what was wrong in [`metadata.problems`](schemas.md#fieldproblem): the field, what it
      was meant to hold, what was done, the sender's value where the event no longer has it, and what to do. The delivery itself
      is never changed. `millrace_fields_bad_total` counts by source, field and policy.

      An empty value of any kind but text means that the sender cleared the field, and is not bad.

      The key of a person is no field: it is made of the e-mail address in lower case as it always was, so what a person did
      before stays with what they do now, and an address that is bad by this table still tells one person from another.

      | field | of | holds | limits | owner | bad |
      |---|---|---|---|---|---|
      """;

  private static final String DEMANDS =
      """

      ## One of several

      Of these fields one has to have a value on these types of event. Updates mention only what changed, and are not asked.

      | fields | on | owner | without any |
      |---|---|---|---|
      """;

  @Test
  void listsEveryField() throws JsonProcessingException {
    JsonNode table =
        new ObjectMapper(new YAMLFactory()).readTree(Checkout.read("topology/rules/fields.yaml"));
    var document = new StringBuilder(INTRODUCTION);
    document.append("| kind | holds |\n|---|---|\n");
    for (var kind : FieldKind.values()) {
      document.append("| `%s` | %s |%n".formatted(kind.word(), kind.inWords()));
    }
    document.append(POLICIES);
    for (JsonNode line : table.path("fields")) {
      document.append(
          "| `%s` | %s | %s | %s | %s | `%s` |%n"
              .formatted(
                  line.path("field").asText(),
                  scope(line),
                  line.path("kind").asText(),
                  limits(line),
                  line.path("owner").asText(),
                  line.path("bad").asText()));
    }
    document.append(DEMANDS);
    for (JsonNode demand : table.path("atLeastOne")) {
      document.append(
          "| `%s` | `%s` | %s | `%s` |%n"
              .formatted(
                  String.join("` or `", texts(demand.path("fields"))),
                  String.join("`, `", texts(demand.path("on"))),
                  demand.path("owner").asText(),
                  demand.path("bad").asText()));
    }

    Golden.check("docs/fields.md", document.toString());
  }

  private static String scope(JsonNode line) {
    List<String> scope = texts(line.path("records"));
    scope.addAll(texts(line.path("on")));
    return scope.isEmpty() ? "all" : String.join(", ", scope);
  }

  private static String limits(JsonNode line) {
    List<String> limits = new ArrayList<>();
    for (var key : List.of("maxLength", "min", "max", "oneOf", "region", "normalize")) {
      if (line.has(key)) {
        limits.add(key + " " + String.join(", ", texts(line.path(key))));
      }
    }
    return limits.isEmpty() ? "none" : String.join(", ", limits);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isValueNode()) {
      texts.add(node.asText());
    }
    node.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}

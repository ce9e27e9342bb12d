package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaFilesTest {

  @Test
  void everyRecordAndFieldIsDocumented() {
    List<String> faults =
        SchemaFiles.all().stream()
            .flatMap(
                path ->
                    SchemaFiles.faults(path.getFileName().toString(), SchemaFiles.read(path))
                        .stream())
            .toList();

    assertThat(faults).isEmpty();
  }

  @Test
  void seesWhatIsMissing() {
    JsonNode schema =
        SchemaFiles.parse(
            """
            {"name": "Lead", "fields": [
              {"name": "firstName", "type": "string", "doc": "Name"},
              {"name": "email", "type": ["null", "string"], "doc": "E-mail address."}]}
            """);

    assertThat(SchemaFiles.faults("Contact.avsc", schema))
        .containsExactly(
            "Contact.avsc: the file is not named after its record",
            "Contact.avsc: the record has no doc that is a sentence",
            "Contact.avsc: firstName has no doc that is a sentence",
            "Contact.avsc: firstName is not snake_case",
            "Contact.avsc: email is nullable without null as its first type and default");
  }

  @Test
  void manualHoldsEverySchema() {
    var document =
        new StringBuilder(
            """
            # The data model

            Written from `schemas/*.avsc` by a test; do not edit. In Kafka every value is Avro in the Confluent wire format; which
            topic holds which record is in [topics.md](topics.md). Records that no topic holds are parts of others, or what a step
            of the flow remembers.
            """);
    for (Path path : SchemaFiles.all()) {
      JsonNode schema = SchemaFiles.read(path);
      document.append(
          "%n## %s%n%n%s%n%n| field | type | default | meaning |%n|---|---|---|---|%n"
              .formatted(schema.path("name").asText(), schema.path("doc").asText()));
      for (JsonNode field : schema.path("fields")) {
        document.append(
            "| `%s` | %s | %s | %s |%n"
                .formatted(
                    field.path("name").asText(),
                    SchemaFiles.describe(field.path("type")),
                    field.has("default") ? "`" + field.path("default") + "`" : "none",
                    field.path("doc").asText().replace("|", "\\|")));
      }
    }

    Golden.check("docs/schemas.md", document.toString());
  }
}

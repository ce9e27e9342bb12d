package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EventExtractionTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void saysEverythingThatIsWrong() {
    assertThatExceptionOfType(InvalidSectionException.class)
        .isThrownBy(
            () ->
                Inbound.reading(
                    """
                    items: "a..b"
                    id: "+"
                    form: maybe
                    at: {path: at, unit: fortnights}
                    required: [type]
                    person: {mail: a}
                    labels: [a]
                    """))
        .satisfies(
            invalid ->
                assertThat(invalid.faults())
                    .anyMatch(f -> f.startsWith("events.items cannot be read"))
                    .anyMatch(f -> f.startsWith("events.id cannot be read"))
                    .anyMatch(f -> f.startsWith("events.form is neither"))
                    .anyMatch(
                        f ->
                            f.equals(
                                "events.at[0].unit is 'fortnights'; it is one of s, ms, iso, http, any"))
                    .anyMatch(f -> f.startsWith("events.required is [type]"))
                    .anyMatch(f -> f.startsWith("events.person.mail is not known here"))
                    .anyMatch(f -> f.startsWith("events.labels is not a mapping"))
                    .anyMatch(f -> f.equals("events.type is missing"))
                    .anyMatch(f -> f.startsWith("events.record is missing")));
  }

  @Test
  void everyEntryOfTheCatalogueIsSound() throws IOException {
    for (Path file : files(Path.of("src/main/resources/catalogue"))) {
      JsonNode events = YAML.readTree(Files.readString(file)).path("events");
      if (!events.isMissingNode()) {
        assertThatCode(() -> EventExtraction.of(events))
            .as(file.toString())
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void everyMappingOfTheConnectedSourcesIsSound() throws IOException {
    for (Path file : files(Path.of("topology/sources"))) {
      JsonNode mapping = YAML.readTree(Files.readString(file)).path("mapping");
      if (!mapping.isMissingNode()) {
        assertThatCode(() -> Mapping.of(mapping)).as(file.toString()).doesNotThrowAnyException();
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}

package io.millrace.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlFileTest {
  @Test
  void readsEveryKindOfValue() {
    String text =
        """
        name: billing
        prefix: "Bearer "
        size: 3
        share: 0.5
        open: true
        wait: PT5S
        kind: two-words
        allow: [a, b]
        single: c
        version: 1.10
        expected: [true, no, won]
        names: {x: one, y: 2}
        items:
          - key: first
          - key: second
        empty: null
        """;

    List<Object> values =
        YamlFile.read(
            "a.yaml",
            text,
            file ->
                List.of(
                    file.text("name").orElseThrow(),
                    file.verbatim("prefix").orElseThrow(),
                    file.integer("size", 1, 3).orElseThrow(),
                    file.decimal("share").orElseThrow().doubleValue(),
                    file.flag("open").orElseThrow(),
                    file.duration("wait").orElseThrow(),
                    file.choice("kind", Kind.class).orElseThrow(),
                    file.texts("allow"),
                    file.texts("single"),
                    file.text("version").orElseThrow(),
                    file.values("expected"),
                    file.textsByName("names"),
                    file.sections("items").stream().map(item -> item.text("key")).toList(),
                    file.isNull("empty"),
                    file.text("missing")));

    assertThat(values)
        .containsExactly(
            "billing",
            "Bearer ",
            3,
            0.5,
            true,
            Duration.ofSeconds(5),
            Kind.TWO_WORDS,
            List.of("a", "b"),
            List.of("c"),
            "1.10",
            List.of("true", "no", "won"),
            Map.of("x", "one", "y", "2"),
            List.of(Optional.of("first"), Optional.of("second")),
            true,
            Optional.empty());
  }

  private enum Kind {
    TWO_WORDS
  }

  @Test
  void reportsEveryFaultWithItsLineAndARemedy() {
    assertThat(
            faults(
                """
                nam: x
                size: 4
                nested:
                  deep: 1
                  deep: 2
                  deeper: {a: 1}
                list: {}
                """,
                file -> {
                  Object name = file.requiredText("name", "billing");
                  Object size = file.integer("size", 1, 3);
                  Object nested = file.section("nested").flatMap(inner -> inner.text("deep"));
                  return List.of(name, size, nested, file.texts("list"));
                }))
        .containsExactly(
            "a.yaml:1: the key name is missing; add it, as in name: billing",
            "a.yaml:1: the key nam is unknown; did you mean name?",
            "a.yaml:2: size: 4 cannot be used; write a whole number from 1 to 3",
            "a.yaml:5: the key deep appears twice; keep one of them",
            "a.yaml:6: the key deeper is unknown; did you mean deep?",
            "a.yaml:7: an item of list is not a text; write a single value");
  }

  @Test
  void refusesValuesOfAnotherType() {
    assertThat(
            faults(
                """
                events: [page.viewed, true]
                region: NO
                size: "3"
                share: true
                open: "true"
                shut: maybe
                prefix: null
                items: {key: a}
                """,
                file ->
                    List.of(
                        file.texts("events"),
                        file.text("region"),
                        file.integer("size", 1, 3),
                        file.decimal("share"),
                        file.flag("open"),
                        file.flag("shut"),
                        file.verbatim("prefix"),
                        file.sections("items"))))
        .containsExactly(
            "a.yaml:1: an item of events: true is true or false in YAML, not a text;"
                + " write it in quotes if it is meant as a text",
            "a.yaml:2: region: NO is true or false in YAML, not a text;"
                + " write it in quotes if it is meant as a text",
            "a.yaml:3: size: 3 cannot be used; remove the quotes",
            "a.yaml:4: share: true cannot be used; write a number",
            "a.yaml:5: open: true cannot be used; remove the quotes",
            "a.yaml:6: shut: maybe cannot be used; write true or false",
            "a.yaml:7: prefix has no value; give it one, or remove the key",
            "a.yaml:8: items is not a list; begin each of its sections with a dash");
  }

  @Test
  void listsKeysThatAreOnlyAskedForIfTheyAreThere() {
    assertThat(
            faults(
                "unknown_one: 1",
                file -> file.has("methods") ? file.texts("methods") : List.of("POST")))
        .containsExactly("a.yaml:1: the key unknown_one is unknown; use one of methods");
  }

  @Test
  void refusesAliases() {
    assertThat(faults("a: &x [1, 2]\nb: *x\n", file -> List.of(file.texts("a"), file.text("b"))))
        .containsExactly("a.yaml:2: the alias *x is not supported; write out its value");
  }

  @Test
  void refusesWhatIsTooDeepOrTooLong() {
    assertThat(faults("a: " + "[".repeat(10_000), file -> file.tree("a")).getFirst())
        .startsWith("a.yaml:1: it is not YAML: ");
    assertThat(faults("a: " + "x".repeat(NodeReader.LONGEST), file -> file.text("a")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("a.yaml:1: ")
        .contains("limit");
  }

  @Test
  void refusesWhatIsNoMapping() {
    Function<Section, Object> nothing = file -> "";

    assertThat(faults("", nothing)).hasSize(1).first().asString().contains("it has no keys");
    assertThat(faults("- a", nothing)).first().asString().contains("it has no keys");
    assertThat(faults("a: [", nothing)).first().asString().contains("it is not YAML");
    assertThat(faults("a: \u0001", nothing)).first().asString().contains("it is not YAML");
    assertThat(faults("{}\n---\n{}", nothing)).first().asString().contains("one document");
  }

  @Test
  void refusesFilesThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.yaml");
    assertThatThrownBy(() -> YamlFile.read(file, Section::keys))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(file + ": it cannot be read; create it");

    Files.write(file, "a: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> YamlFile.read(file, Section::keys))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void suggestsNearNamesOnly() {
    assertThat(Suggestions.remedy("algo", List.of("alg", "enc"))).isEqualTo("did you mean alg?");
    assertThat(Suggestions.remedy("colour", List.of("b", "a"))).isEqualTo("use one of a, b");
  }

  private static List<String> faults(String text, Function<Section, ?> reader) {
    return catchThrowableOfType(
            InvalidFileException.class, () -> YamlFile.read("a.yaml", text, reader))
        .faults()
        .stream()
        .map(Fault::toString)
        .toList();
  }
}

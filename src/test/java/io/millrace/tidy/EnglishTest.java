package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What leaves the house is plain English: documents, schemas, rules, the catalogue and the rest.
 */
class EnglishTest {
  private static final List<String> FOLDERS =
      List.of("docs", "schemas", "topology", "docker", "src/main/resources", ".ci");

  private static final List<String> FILES =
      List.of("README.md", "Dockerfile", "docker-compose.yml", "pom.xml", "millrace");

  /** The glossary quotes the words, and old schemas never change. */
  private static final Set<String> EXCEPTED =
      Set.of("docs/glossary.md", "src/main/resources/schema-history");

  private static final Set<String> BINARY = Set.of("bin", "gz", "png", "ico");

  @Test
  void textsAreInPlainEnglish() {
    List<String> faults =
        Stream.concat(
                FOLDERS.stream().flatMap(folder -> Checkout.filesIn(folder).stream()),
                FILES.stream().map(Path::of))
            .filter(path -> EXCEPTED.stream().noneMatch(path::startsWith))
            .filter(path -> !BINARY.contains(ending(path)))
            .flatMap(path -> PlainEnglish.faults(path, Checkout.read(path)).stream())
            .toList();

    assertThat(faults).as("docs/glossary.md has the words to use").isEmpty();
  }

  @Test
  void textsInCodeAreInPlainEnglish() {
    List<String> faults =
        Stream.of("src/main/java", "src/bench/java")
            .flatMap(folder -> Checkout.filesIn(folder).stream())
            .flatMap(path -> PlainEnglish.faults(path, JavaTexts.of(Checkout.read(path))).stream())
            .toList();

    assertThat(faults).as("docs/glossary.md has the words to use").isEmpty();
  }

  @Test
  void seesOnlyTheTextsOfCode() {
    String java = "/* whoever */ String beside = \"kept for\"\n + \" ever\"; // mend \"it\"";

    assertThat(faults(JavaTexts.of(java))).containsExactly("a.md:1 says for ever");
  }

  @Test
  void seesWordsInAnyFormAndOnTwoLines() {
    assertThat(faults("Kept for ever, until Whoever\nmended it."))
        .containsExactly("a.md:1 says for ever", "a.md:1 says whoever", "a.md:2 says mend");
    assertThat(faults("# kept for\n# ever")).containsExactly("a.md:1 says for ever");
    assertThat(faults("We recommend to amend it. Besides, it is forever.")).isEmpty();
  }

  @Test
  void glossaryListsEveryWord() {
    String glossary = Checkout.read("docs/glossary.md");
    String avoided = glossary.substring(glossary.indexOf("## Words we do not use"));

    assertThat(PlainEnglish.AVOIDED.keySet())
        .allSatisfy(word -> assertThat(avoided).containsPattern("(?m)^\\| \\Q" + word + "\\E[ |]"));
  }

  private static List<String> faults(String text) {
    return PlainEnglish.faults(Path.of("a.md"), text);
  }

  private static String ending(Path path) {
    String name = path.toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}

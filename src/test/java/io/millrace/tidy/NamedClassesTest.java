package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that explain the code name classes that exist. */
class NamedClassesTest {
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+\\w*)`");
  private static final Set<String> CLASSES =
      Checkout.filesIn("src").stream()
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toSet());

  @ParameterizedTest
  @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md", "docs/testing.md"})
  void existInTheCode(String page) {
    assertThat(named(Checkout.read(page))).isNotEmpty().isSubsetOf(CLASSES);
  }

  @Test
  void areFoundInText() {
    assertThat(named("A `Verifier` of `REASON` and `edge.port` or `X-Request`"))
        .containsExactly("Verifier");
  }

  private static Set<String> named(String page) {
    return CLASS
        .matcher(page)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING names every package, and only packages that exist. */
class PackagesTest {
  private static final String PAGE = Checkout.read("CONTRIBUTING.md");
  private static final Pattern NAMED = Pattern.compile("(?m)^  ([a-z]+)/ +\\S");

  @Test
  void everyPackageIsNamed() {
    assertThat(named("main")).isEqualTo(existing("main"));
    assertThat(named("bench")).isEqualTo(existing("bench"));
  }

  @Test
  void packagesOfTestsAreNamedUnlessTheyAreThoseOfWhatTheyTest() {
    Set<String> ownOfTests = existing("test");
    ownOfTests.removeAll(existing("main"));
    ownOfTests.removeAll(existing("bench"));

    assertThat(named("test")).isEqualTo(ownOfTests);
  }

  /** The packages listed below a source root, up to the next root. */
  private static Set<String> named(String root) {
    String from = PAGE.substring(PAGE.indexOf("\n" + folder(root)) + 1);
    String section = from.split("\n(?! )", 2)[0];
    return NAMED
        .matcher(section)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> existing(String root) {
    return Checkout.filesIn(folder(root)).stream()
        .filter(file -> file.getNameCount() > 6)
        .map(file -> file.getName(5).toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String folder(String root) {
    return "src/%s/java/io/millrace/".formatted(root);
  }
}

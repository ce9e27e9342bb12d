package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tidy.Checkout;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What of a checkout reaches an image: only what both .dockerignore lets pass and the Dockerfile
 * copies, and never a secret, wherever its owner put it.
 */
class DockerContextTest {
  private static final List<String> FOR_PEOPLE =
      List.of("topology/topology.txt", "topology/alerts.yaml");

  private static final List<String> COPIED =
      Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$")
          .matcher(Checkout.read("Dockerfile"))
          .results()
          .map((MatchResult match) -> match.group(1))
          .flatMap(sources -> Stream.of(sources.split(" ")))
          .toList();

  @Test
  void copiesWhatTheBuildAndTheProgramNeed() {
    assertThat(COPIED)
        .allSatisfy(
            copied ->
                assertThat(Checkout.files())
                    .as(copied)
                    .anyMatch(file -> isCopied(file, copied) && passes(file)));
    for (String folder : List.of("src/main", "src/bench", "schemas", "topology", ".mvn")) {
      assertThat(Checkout.filesIn(folder))
          .filteredOn(file -> !FOR_PEOPLE.contains(file.toString()))
          .as("without a file of %s the image lacks something, or it does not belong there", folder)
          .allMatch(DockerContextTest::isInAnImage);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topology/sources/shop.secret",
        "topology/sources/shop",
        "topology/sources/key.pem",
        "topology/sources/secrets/shop.yaml",
        "topology/sources/shop.yaml.bak",
        "topology/secrets/shop",
        "topology/connectors/warehouse.properties",
        "topology/.env",
        "secrets/shop",
        "shop.secret",
        "my-sources/shop.secret",
        "my-sources/shop.yaml",
        "data/secrets/superuser",
        "data/postgres/PG_VERSION",
        "sources.env",
        ".env",
        ".git/config",
        "target/millrace.jar",
        "docker/secret"
      })
  void leavesEverythingElseOutside(String file) {
    assertThat(passes(Path.of(file))).isFalse();
    assertThat(COPIED).noneMatch(copied -> isCopied(Path.of(file), copied));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/secrets/", "*.secret", "*.pem", "/.env", "/sources.env", "/data/"})
  void gitIgnoresThemToo(String pattern) {
    assertThat(Checkout.read(".gitignore").lines()).contains(pattern);
  }

  private static boolean isInAnImage(Path file) {
    return passes(file) && COPIED.stream().anyMatch(copied -> isCopied(file, copied));
  }

  private static boolean isCopied(Path file, String copied) {
    return file.startsWith(copied) || glob(copied).matches(file);
  }

  /** The last pattern that matches a file, or a folder it is in, decides. */
  private static boolean passes(Path file) {
    boolean passes = true;
    for (String line : Checkout.read(".dockerignore").lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      boolean isException = line.startsWith("!");
      PathMatcher pattern = glob(isException ? line.substring(1) : line);
      if (Stream.iterate(file, at -> at != null, Path::getParent).anyMatch(pattern::matches)) {
        passes = isException;
      }
    }
    return passes;
  }

  private static PathMatcher glob(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }
}

package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A secret that comes with the program is known to everybody who has the program. */
final class NoDefaultSecretTest {
  private static final List<Path> SHIPPED =
      List.of(
          Path.of("topology"),
          Path.of("src/main"),
          Path.of("src/bench"),
          Path.of("docker"),
          Path.of("docker-compose.yml"),
          Path.of("Dockerfile"),
          Path.of("sources.env.example"));

  /** What is written after a ref: is a reference; after NAME_SECRET= or password: nothing is. */
  private static final Pattern WRITTEN_OUT =
      Pattern.compile(
          "(?im)^\\s*-?\\s*ref:\\s*(?!env:|file:)\\S+"
              + "|^\\s*-?\\s*(secret|password|token|api[_-]?key):\\s*['\"]?[\\w+/=-]{6,}"
              + "|^\\s*[A-Z_]*(SECRET|PASSWORD)[A-Z_]*[=:]\\s*['\"]?[\\w+/=-]{6,}"
              // A constant; a name with dots is that of a setting.
              + "|(?-i:[A-Z_]*(SECRET|PASSWORD|TOKEN)\\s*=\\s*\"\\w{4,}\")"
              + "|whsec_[A-Za-z0-9+/]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY");

  @Test
  void nothingThatIsShippedHoldsASecret() throws IOException {
    for (Path shipped : SHIPPED) {
      for (Path file : files(shipped)) {
        assertThat(WRITTEN_OUT.matcher(Files.readString(file)).results())
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void findsOneThatIsPlanted() {
    for (String planted :
        List.of(
            "secrets:\n  - ref: hunter2",
            "    password: 'change-me'",
            "MILLRACE_SECRET_SHOP=abcdefgh",
            "  static final String PASSWORD = \"millrace\";",
            "key: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")) {
      assertThat(WRITTEN_OUT.matcher(planted).find()).as(planted).isTrue();
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walked = Files.walk(root)) {
      return walked
          .filter(Files::isRegularFile)
          .filter(
              file ->
                  file.toString()
                      .matches(".*\\.(ya?ml|json|java|properties|sh|txt|example)|.*Dockerfile"))
          .toList();
    }
  }
}

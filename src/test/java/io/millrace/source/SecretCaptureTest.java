package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.provider.Catalogue;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCaptureTest {
  private static final Instant UNTIL = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SOURCE =
      """
      source: pages
      provider: notion
      secrets:
        - {ref: "file:pages.secret", captureUntil: 2026-03-01T12:00:00Z}
        - {ref: env:CONNECT, use: handshake}
      """;

  @TempDir private Path folder;

  @Test
  void keepsASecretWhereOnlyItsOwnerReadsIt() throws IOException {
    var file = folder.resolve("pages.secret");

    new SecretCapture("file:pages.secret", file, UNTIL).keep("brought");

    assertThat(file).hasContent("brought");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactly("pages.secret");
  }

  @Test
  void neverReplacesASecret() throws IOException {
    var file = Files.writeString(folder.resolve("pages.secret"), "mine");

    assertThatThrownBy(() -> new SecretCapture("file:pages.secret", file, UNTIL).keep("yours"))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactly("pages.secret");
  }

  @Test
  void waitsForASecretUntilTheTimeIsOver() throws IOException {
    var source = load(SOURCE).find("pages").orElseThrow();

    assertThat(source.deliverySecrets()).isEmpty();
    assertThat(source.awaitsSecret(UNTIL.minusMillis(1))).isTrue();
    assertThat(source.awaitsSecret(UNTIL)).isFalse();
  }

  @Test
  void refusesASourceThatHasNoSecretAndWaitsForNone() throws IOException {
    var sources = load(SOURCE);

    sources.requireProof(UNTIL.minusMillis(1));
    assertThatThrownBy(() -> sources.requireProof(UNTIL))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("source pages")
        .hasMessageContaining("captureUntil");
  }

  @Test
  void countsWhatWasCapturedAsAnyOtherSecret() throws IOException {
    Files.writeString(folder.resolve("pages.secret"), "brought\n");

    var sources = load(SOURCE);
    var source = sources.find("pages").orElseThrow();

    sources.requireProof(UNTIL);
    assertThat(source.deliverySecrets())
        .extracting(secret -> secret.value())
        .containsExactly("brought");
    assertThat(source.awaitsSecret(UNTIL.minusMillis(1))).isFalse();
  }

  @Test
  void refusesToCaptureWhatCannotBe() {
    assertThatThrownBy(() -> load(SOURCE.replace("\"file:pages.secret\"", "env:SECRET")))
        .hasMessageContaining("needs a file");
    assertThatThrownBy(() -> load(SOURCE.replace("notion", "github")))
        .hasMessageContaining("github does not send a secret");
    assertThatThrownBy(() -> load(SOURCE.replace("  - {ref: env:CONNECT, use: handshake}\n", "")))
        .hasMessageContaining("nothing distinguishes the provider")
        .hasMessageContaining("add a secret with use: handshake");
  }

  private Sources load(String text) throws IOException {
    Files.writeString(folder.resolve("pages.yaml"), text);
    return Sources.load(folder, Catalogue.bundled(), name -> Optional.of("secret"));
  }
}

package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.verify.JwtVerification;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that never ends could be sent again for ever. */
final class JwtAgeTest {
  @TempDir private Path folder;

  @Test
  void everyEntryLimitsTheAgeOfItsTokens() {
    assertThat(Catalogue.bundled().all())
        .filteredOn(provider -> provider.verification() instanceof JwtVerification)
        .extracting(Provider::name)
        .contains("gong", "monday", "vonage");
    assertThat(Catalogue.bundled().all())
        .filteredOn(provider -> provider.verification() instanceof JwtVerification)
        .allMatch(provider -> provider.verification().limitsAge());
  }

  @Test
  void refusesAnEntryThatDoesNot() throws IOException {
    String entry =
        """
        provider: calls
        title: Calls
        evidence: {proof: ours}
        verification: {scheme: jwt, alg: HS256, token: {header: Authorization}%s}
        retryHorizon: P3D
        """;
    Files.writeString(folder.resolve("calls.yaml"), entry.formatted(""));

    assertThatThrownBy(() -> Catalogue.with(folder))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("nothing limits the age of its tokens")
        .hasMessageContaining("add expires: true");

    Files.writeString(folder.resolve("calls.yaml"), entry.formatted(", issuedWithin: 300"));
    assertThat(Catalogue.with(folder).find("calls")).isPresent();
  }
}

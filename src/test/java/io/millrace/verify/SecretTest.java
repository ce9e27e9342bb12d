package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void neverShowsItsValue() {
    assertThat(secret("hidden").toString()).doesNotContain("hidden").contains("env:NAME");
  }

  @Test
  void refusesWhatCannotBeAKey() {
    refused(KeyFormat.Kind.UTF8, List.of("", "  ", "a\0b"), new Algorithm.Hmac(Hash.SHA256));
    refused(KeyFormat.Kind.BASE64, List.of("whsec_", "%%%", "="), new Algorithm.Hmac(Hash.SHA256));
    refused(KeyFormat.Kind.HEX, List.of("whsec_", "abc", "zz"), new Algorithm.Hmac(Hash.SHA256));
    refused(KeyFormat.Kind.BASE64, List.of("AAAA"), new Algorithm.Ecdsa(Hash.SHA256));
    refused(KeyFormat.Kind.BASE64, List.of("AAAA"), new Algorithm.Ed25519());
    refused(
        KeyFormat.Kind.PEM, List.of("-----BEGIN PUBLIC KEY-----"), new Algorithm.Rsa(Hash.SHA256));
  }

  @Test
  void takesTheLabelOffTheKey() throws InvalidSecretException {
    var format = new KeyFormat(KeyFormat.Kind.HEX, Optional.of("x"), true);

    assertThat(format.label("topic|x6b6579")).isEqualTo("topic");
    assertThat(format.decode("topic|x6b6579")).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
    for (var value : List.of("6b6579", "|6b6579", "topic|", "topic|zz", "|")) {
      assertThatThrownBy(() -> format.decode(value))
          .as(value)
          .isInstanceOf(InvalidSecretException.class);
    }
  }

  @Test
  void refusesWhatIsNoCertificate() {
    refused(
        KeyFormat.Kind.CERTIFICATE,
        List.of(
            "AAAA",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"),
        new Algorithm.Rsa(Hash.SHA256));
  }

  private static void refused(KeyFormat.Kind kind, List<String> values, Algorithm algorithm) {
    var format = new KeyFormat(kind, Optional.of("whsec_"));
    for (var value : values) {
      assertThatThrownBy(() -> KeyMaterial.of(algorithm, format, secret(value)))
          .as("%s as %s", value, kind)
          .isInstanceOf(InvalidSecretException.class);
    }
  }

  private static Secret secret(String value) {
    return new Secret("env:NAME", value, Optional.empty(), Optional.empty());
  }
}

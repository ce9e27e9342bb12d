package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

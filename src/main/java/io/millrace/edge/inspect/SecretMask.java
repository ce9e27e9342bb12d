package io.millrace.edge.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.edge.admit.Credentials;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Masks every occurrence of secrets in a text, in any spelling: plain, in base64, or with any of
 * its characters escaped as in a URL, in JSON or in XML.
 */
final class SecretMask {
  private final List<SecretSpelling> secrets;

  private SecretMask(List<SecretSpelling> secrets) {
    this.secrets = secrets;
  }

  static SecretMask of(Collection<String> values) {
    return new SecretMask(
        values.stream()
            .flatMap(SecretMask::forms)
            .filter(value -> !value.isEmpty())
            .distinct()
            // The longest first: one secret may begin with another.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(SecretSpelling::of)
            .toList());
  }

  /** HTTP Basic uses {@code user:password}; the password alone is secret too. */
  private static Stream<String> forms(String value) {
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
    return Stream.of(value, value.substring(value.indexOf(':') + 1), base64, url);
  }

  /** Returns the text with the secrets masked. */
  String mask(String text) {
    String masked = text;
    for (SecretSpelling secret : secrets) {
      masked = secret.mask(masked);
    }
    return masked;
  }

  /** Masks a truncated text: a secret may have been cut in two at its end. */
  String maskCutOff(String text) {
    int end = text.length();
    for (int shorter = beginningAtEnd(text); shorter < end; ) {
      end = shorter;
      shorter = beginningAtEnd(text.substring(0, end));
    }
    return mask(text.substring(0, end)) + (end < text.length() ? Credentials.MASK : "");
  }

  private int beginningAtEnd(String text) {
    return secrets.stream()
        .mapToInt(secret -> secret.beginningAtEnd(text))
        .min()
        .orElse(text.length());
  }
}

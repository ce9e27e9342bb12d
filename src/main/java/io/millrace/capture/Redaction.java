package io.millrace.capture;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Replaces personal data in the requests of one capture: by the names of fields, and e-mail
 * addresses, international phone numbers and IP addresses anywhere. Replacements keep the format,
 * and are the same throughout the capture.
 *
 * <p>It cannot recognise everything: a name in a field with another name that the provider's entry
 * does not map, a text of one word, ids, and encoded or encrypted values are not replaced.
 */
public final class Redaction {
  private static final int KEY_BYTES = 32;

  private final ValueRedaction values;

  private Redaction(ValueRedaction values) {
    this.values = values;
  }

  /**
   * Makes the redaction for one capture.
   *
   * @param random a secure random generator
   */
  public static Redaction ofOneCapture(RandomGenerator random) {
    return ofOneCapture(random, Map.of());
  }

  /**
   * Makes the redaction for one capture of a provider's requests.
   *
   * @param random a secure random generator
   * @param mapped which fields of JSON bodies its entry maps to which canonical fields ({@code
   *     email}, {@code first_name} ...), as paths with dots, relative to any part of the body
   */
  public static Redaction ofOneCapture(RandomGenerator random, Map<String, String> mapped) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new Redaction(new ValueRedaction(new Pseudonyms(key), new KnownFields(mapped)));
  }

  /** Redacts the content; empty if the body is not text, and so cannot be searched. */
  public Optional<CapturedContent> redact(CapturedContent content) {
    return text(content.body())
        .map(
            body ->
                new CapturedContent(
                    url(content.url()),
                    headers(content.headers()),
                    body(body, content).getBytes(StandardCharsets.UTF_8)));
  }

  private String url(String url) {
    String path = url.split("\\?", 2)[0];
    String query = url.substring(path.length());
    String redacted = values.redact(path, Optional.empty());
    return query.isEmpty()
        ? redacted
        : redacted + "?" + new FormRedaction(values).redact(query.substring(1));
  }

  private Map<String, List<String>> headers(Map<String, List<String>> headers) {
    Map<String, List<String>> redacted = new HashMap<>(headers);
    redacted.replaceAll(
        (name, all) -> all.stream().map(it -> values.redact(it, Optional.empty())).toList());
    return redacted;
  }

  private String body(String body, CapturedContent content) {
    String type = content.type();
    if (type.equals("application/x-www-form-urlencoded")) {
      return new FormRedaction(values).redact(body);
    }
    if (type.equals("multipart/form-data")) {
      return new MultipartRedaction(values)
          .redact(body, content.header("content-type").orElse(""))
          .orElseGet(() -> unknown(body));
    }
    return JsonRedaction.redact(body, values)
        .orElseGet(
            () ->
                type.endsWith("xml") || body.stripLeading().startsWith("<")
                    ? new XmlRedaction(values).redact(body)
                    : unknown(body));
  }

  /** Without a known structure, every word may be personal. */
  private String unknown(String body) {
    return values.redact(body, Optional.of(Personal.TEXT));
  }

  private static Optional<String> text(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }
}

package io.millrace.edge.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.Credentials;
import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request as the {@link Inspector} keeps it: unmasked, because masking is costly and few requests
 * are looked at.
 *
 * @param number its position among all requests kept by this process
 * @param connected the source; empty if none is connected
 * @param body the part of the body that is kept
 */
// An array, because copying every body is costly and requests are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record InspectedRequest(
    long number,
    Optional<ConnectedSource> connected,
    String url,
    Optional<String> pathToken,
    Headers headers,
    byte[] body,
    InspectedDelivery.Summary summary) {
  /** The approximate size of a request in addition to its texts. */
  private static final int OVERHEAD_BYTES = 512;

  /** Header names that usually contain credentials, whatever the scheme says. */
  private static final List<String> CREDENTIAL_HEADERS =
      List.of("authorization", "cookie", "token", "secret", "password", "api-key", "apikey");

  /** The approximate memory it takes, in bytes. */
  int size() {
    int letters = url.length() + summary.verdict().explanation().map(String::length).orElse(0);
    for (Map.Entry<String, List<String>> header : headers.asMap().entrySet()) {
      letters += header.getKey().length();
      for (String value : header.getValue()) {
        letters += value.length();
      }
    }
    return OVERHEAD_BYTES + body.length + letters;
  }

  List<String> secrets() {
    return connected
        .map(known -> known.captured().secrets().stream().map(Secret::value).toList())
        .orElse(List.of());
  }

  /** Whether its URL, a header or its body contains a text, before masking. */
  boolean mayContain(String lowerCase) {
    return lower(url).contains(lowerCase)
        || headers.asMap().entrySet().stream()
            .anyMatch(
                header ->
                    header.getValue().stream()
                        .anyMatch(
                            value -> lower(header.getKey() + ": " + value).contains(lowerCase)))
        || lower(new String(body, UTF_8)).contains(lowerCase);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Returns the request as it may be shown. */
  InspectedDelivery masked(String id, Supplier<SecretMask> mask) {
    return new InspectedDelivery(
        id, summary, () -> url(mask.get()), () -> content(mask.get()), this::mayContain);
  }

  private String url(SecretMask mask) {
    return mask.mask(UrlCredentials.mask(credentials().mask(url, pathToken)));
  }

  private InspectedDelivery.Content content(SecretMask mask) {
    Credentials credentials = credentials();
    Map<String, List<String>> shown = new HashMap<>(credentials.mask(headers));
    shown.replaceAll(
        (name, values) ->
            values.stream()
                .map(value -> isCredential(name) ? Credentials.MASK : mask.mask(value))
                .toList());
    // One character per byte: no byte is lost, whatever the encoding of the body.
    String text = credentials.maskBody(new String(body, ISO_8859_1));
    return new InspectedDelivery.Content(
        url(mask),
        shown,
        (summary.truncated() ? mask.maskCutOff(text) : mask.mask(text)).getBytes(ISO_8859_1));
  }

  private Credentials credentials() {
    return connected.map(ConnectedSource::credentials).orElseGet(Credentials::ofAnySender);
  }

  private static boolean isCredential(String name) {
    return CREDENTIAL_HEADERS.stream().anyMatch(name::contains);
  }
}

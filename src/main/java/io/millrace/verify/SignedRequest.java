package io.millrace.verify;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as received: nothing in it has been decoded, parsed or trimmed.
 *
 * @param method the HTTP method, upper case
 * @param url the URL its sender used, with the query
 * @param body the raw bytes, before any decompression; must never be modified
 */
// An array, because copying every body is costly and requests are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SignedRequest(String method, String url, Headers headers, byte[] body) {

  /** The raw query, without the question mark; empty if there is none. */
  String query() {
    int start = url.indexOf('?');
    int end = url.indexOf('#');
    if (start < 0) {
      return "";
    }
    return end > start ? url.substring(start + 1, end) : url.substring(start + 1);
  }

  /** The path, as sent: without scheme, host, query and fragment. */
  String path() {
    String address = url.split("[?#]", 2)[0];
    int host = address.indexOf("://");
    int start = host < 0 ? address.indexOf('/') : address.indexOf('/', host + 3);
    return start < 0 ? "/" : address.substring(start);
  }

  /** The same request with another body. */
  SignedRequest withBody(byte[] other) {
    return new SignedRequest(method, url, headers, other);
  }

  /** The last segment of the path, where a token in the URL is. */
  Optional<String> lastPathSegment() {
    String path = url.split("[?#]", 2)[0];
    String segment = path.substring(path.lastIndexOf('/') + 1);
    return segment.isEmpty() ? Optional.empty() : Optional.of(segment);
  }

  /** Whether the request declares a form. */
  boolean isForm() {
    return headers
        .only("Content-Type")
        .map(type -> type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip())
        .filter("application/x-www-form-urlencoded"::equals)
        .isPresent();
  }

  /** The body as form fields; empty if the request does not declare a form. */
  Optional<FormFields> form() {
    return isForm()
        ? Optional.of(FormFields.parse(new String(body, StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return method + " " + url + " (" + body.length + " bytes)";
  }
}

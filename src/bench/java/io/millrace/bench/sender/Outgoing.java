package io.millrace.bench.sender;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An outgoing request, before or after it is signed.
 *
 * @param method the HTTP method, upper case
 * @param url the URL the sender was configured with, query included
 * @param headers one value each
 * @param body byte for byte; must not be changed
 */
// An array, because a copy of every body would cost, and requests are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Outgoing(String method, String url, Map<String, String> headers, byte[] body) {

  /** Keeps the headers in the order they were added. */
  public Outgoing {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A POST of this content type. */
  public static Outgoing post(String url, String contentType, byte[] body) {
    return new Outgoing("POST", url, Map.of("Content-Type", contentType), body);
  }

  /** The same request with a header added or replaced. */
  public Outgoing with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new Outgoing(method, url, more, body);
  }

  public Outgoing withUrl(String other) {
    return new Outgoing(method, other, headers, body);
  }

  public Outgoing withBody(byte[] other) {
    return new Outgoing(method, url, headers, other);
  }

  /** The same request with a parameter added to its query. */
  Outgoing withParameter(String name, String value) {
    String joint = url.contains("?") ? "&" : "?";
    return withUrl(url + joint + name + "=" + value);
  }

  /** The same request with a segment added to its path. */
  Outgoing withPathSegment(String segment) {
    int query = url.indexOf('?');
    return query < 0
        ? withUrl(url + "/" + segment)
        : withUrl(url.substring(0, query) + "/" + segment + url.substring(query));
  }

  /** A header's value; names are case-insensitive. */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Whether the content type is a URL-encoded form. */
  boolean isForm() {
    return header("Content-Type")
        .filter(
            type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
        .isPresent();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + url + " (" + body.length + " bytes)";
  }
}

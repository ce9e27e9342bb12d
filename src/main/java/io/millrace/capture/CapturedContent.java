package io.millrace.capture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a captured request that can contain personal data.
 *
 * @param headers by name
 * @param body must not be modified
 */
// An array, because bodies are bytes and captures are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record CapturedContent(String url, Map<String, List<String>> headers, byte[] body) {
  public CapturedContent {
    headers = Map.copyOf(headers);
  }

  /** The content type in lower case and without parameters; empty if there is none. */
  String type() {
    return header("content-type")
        .map(it -> it.split(";", 2)[0].strip())
        .orElse("")
        .toLowerCase(Locale.ROOT);
  }

  Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .findFirst();
  }
}

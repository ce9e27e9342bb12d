package io.millrace.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Redacts pairs of a form or a query; pairs without personal data are unchanged. */
record FormRedaction(ValueRedaction values) {

  String redact(String form) {
    List<String> pairs = new ArrayList<>();
    for (String pair : form.split("&", -1)) {
      pairs.add(pair(pair));
    }
    return String.join("&", pairs);
  }

  private String pair(String pair) {
    int equals = pair.indexOf('=');
    try {
      String name = equals < 0 ? "" : URLDecoder.decode(pair.substring(0, equals), UTF_8);
      String value = URLDecoder.decode(pair.substring(equals + 1), UTF_8);
      String redacted = JsonRedaction.text(value, kind(name), values);
      return redacted.equals(value)
          ? pair
          : pair.substring(0, equals + 1) + URLEncoder.encode(redacted, UTF_8);
    } catch (IllegalArgumentException undecodable) {
      return values.redact(pair, Optional.empty());
    }
  }

  /** {@code data[merges][FNAME]} is the field FNAME in merges. */
  private static Optional<Personal> kind(String name) {
    List<String> path =
        Pattern.compile("[\\[\\]]+").splitAsStream(name).filter(it -> !it.isEmpty()).toList();
    return path.isEmpty()
        ? Optional.empty()
        : PersonalFields.kind(path.getLast(), path.size() < 2 ? "" : path.get(path.size() - 2));
  }
}

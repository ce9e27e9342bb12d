package io.millrace.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Redacts pairs of a form or a query; pairs without personal data are unchanged. */
record FormRedaction(ValueRedaction values) {
  /** Around the names of objects and fields: {@code person[email]}. */
  private static final Pattern BRACKETS = Pattern.compile("[\\[\\]]+");

  String redact(String form) {
    String[] all = form.split("&", -1);
    Set<List<String>> people = new HashSet<>();
    for (String pair : all) {
      List<String> path = path(pair);
      if (!path.isEmpty() && PersonalFields.isOfPeople(path.getLast())) {
        people.add(path.subList(0, path.size() - 1));
      }
    }
    List<String> pairs = new ArrayList<>();
    for (String pair : all) {
      pairs.add(pair(pair, people));
    }
    return String.join("&", pairs);
  }

  /**
   * @param people the objects that also have an e-mail address or the like
   */
  private String pair(String pair, Set<List<String>> people) {
    int equals = pair.indexOf('=');
    try {
      String value = URLDecoder.decode(pair.substring(equals + 1), UTF_8);
      String redacted = JsonRedaction.text(value, kind(path(pair), people), values);
      return redacted.equals(value)
          ? pair
          : pair.substring(0, equals + 1) + URLEncoder.encode(redacted, UTF_8);
    } catch (IllegalArgumentException undecodable) {
      return values.redact(pair, Optional.empty());
    }
  }

  /** {@code data[merges][FNAME]} is the field FNAME in merges. */
  private static List<String> path(String pair) {
    int equals = pair.indexOf('=');
    try {
      String name = equals < 0 ? "" : URLDecoder.decode(pair.substring(0, equals), UTF_8);
      return BRACKETS.splitAsStream(name).filter(it -> !it.isEmpty()).toList();
    } catch (IllegalArgumentException undecodable) {
      return List.of();
    }
  }

  private Optional<Personal> kind(List<String> path, Set<List<String>> people) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    List<String> object = path.subList(0, path.size() - 1);
    String parent = people.contains(object) ? "person" : object.isEmpty() ? "" : object.getLast();
    return values.known().kind(path).or(() -> PersonalFields.kind(path.getLast(), parent));
  }
}

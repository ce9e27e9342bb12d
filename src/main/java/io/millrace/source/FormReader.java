package io.millrace.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a body of type {@code application/x-www-form-urlencoded} as an object of texts. A name with
 * brackets nests, as PHP and Rails write it: {@code data[email]=a} is {@code {"data": {"email":
 * "a"}}}; of a repeated name the last value counts.
 */
final class FormReader {
  private static final int MAX_FIELDS = 10_000;

  private FormReader() {}

  /**
   * Reads the whole body.
   *
   * @throws RefusedException UNREADABLE_BODY for an invalid escape, invalid UTF-8, a name nested
   *     too deep or more than 10,000 fields
   */
  static Json read(byte[] body) throws RefusedException {
    JsonReader.requireUtf8(body);
    String[] pairs = new String(body, StandardCharsets.UTF_8).split("&", MAX_FIELDS + 1);
    if (pairs.length > MAX_FIELDS) {
      throw JsonReader.unreadable("the form has more than " + MAX_FIELDS + " fields");
    }
    Node root = new Node();
    for (String pair : pairs) {
      if (!pair.isBlank()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        root.put(steps(name), decoded(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
    return root.json(new Json.Span(0, body.length));
  }

  private static String decoded(String text) throws RefusedException {
    try {
      return URLDecoder.decode(text.strip(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException failure) {
      throw JsonReader.unreadable("the form has a broken escape (" + failure.getMessage() + ")");
    }
  }

  private static List<String> steps(String name) throws RefusedException {
    List<String> steps = new ArrayList<>();
    int bracket = name.endsWith("]") ? name.indexOf('[') : -1;
    if (bracket <= 0) {
      return List.of(name);
    }
    steps.add(name.substring(0, bracket));
    for (String step : name.substring(bracket + 1, name.length() - 1).split("]\\[", -1)) {
      steps.add(step);
    }
    if (steps.size() > JsonReader.MAX_DEPTH) {
      throw JsonReader.unreadable("a field of the form is nested too deep");
    }
    return steps;
  }

  /** An object under construction: texts and objects by name. */
  private static final class Node {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Node> objects = new LinkedHashMap<>();

    void put(List<String> steps, String text) {
      String first = steps.get(0);
      if (steps.size() == 1) {
        objects.remove(first);
        texts.put(first, text);
      } else {
        texts.remove(first);
        objects
            .computeIfAbsent(first, name -> new Node())
            .put(steps.subList(1, steps.size()), text);
      }
    }

    Json json(Json.Span span) {
      Map<String, Json> members = new LinkedHashMap<>();
      texts.forEach((name, text) -> members.put(name, Json.Text.of(text)));
      objects.forEach((name, node) -> members.put(name, node.json(Json.Span.NONE)));
      return new Json.Fields(members, span);
    }
  }
}

package io.millrace.normalize;

import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds an object of texts from the fields of a form. A name with brackets nests, as in PHP and
 * Rails: {@code data[email]=a} is {@code {"data": {"email": "a"}}}; of a repeated name the last
 * value counts.
 */
final class FormObject {
  static final int MAX_FIELDS = 10_000;

  private final Node root = new Node();
  private int count;

  /**
   * Adds a field.
   *
   * @throws RefusedException UNREADABLE_BODY for a name that is nested too deeply, or too many
   *     fields
   */
  void put(String name, String text) throws RefusedException {
    count++;
    if (count > MAX_FIELDS) {
      throw JsonReader.unreadable("the form has more than " + MAX_FIELDS + " fields");
    }
    root.put(steps(name), text);
  }

  Json toJson(Json.Span span) {
    return root.json(span);
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
      throw JsonReader.unreadable("a field of the form is nested too deeply");
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

package io.millrace.capture;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redacts a JSON text in place: everything except the replaced values is unchanged. */
final class JsonRedaction {
  private final ValueRedaction values;
  private final JsonNames names;
  private final List<String> path = new ArrayList<>();
  private final StringBuilder redacted = new StringBuilder();
  private final String text;
  private int copied;

  private JsonRedaction(ValueRedaction values, String text, JsonPart whole) {
    this.values = values;
    this.text = text;
    this.names = new JsonNames(whole);
  }

  /** Redacts a text; empty if it is not JSON. */
  static Optional<String> redact(String text, ValueRedaction values) {
    return JsonPart.read(text)
        .map(
            part -> {
              JsonRedaction redaction = new JsonRedaction(values, text, part);
              redaction.walk(part, "", Optional.empty());
              return redaction.redacted.append(text, redaction.copied, text.length()).toString();
            });
  }

  /**
   * @param name the name of the field, also for an element of its array
   * @param kind the kind that the name implies
   */
  private void walk(JsonPart part, String name, Optional<Personal> kind) {
    switch (part) {
      case JsonPart.Fields fields -> fields(fields, name, kind);
      case JsonPart.Items items -> items.elements().forEach(element -> walk(element, name, kind));
      case JsonPart.Text value -> {
        String without = text(value.value(), kind, values);
        if (!without.equals(value.value())) {
          replace(value.start(), value.end(), quoted(without));
        }
      }
      case JsonPart.Numeral number -> {
        if (kind.isPresent()) {
          replace(number.start(), number.end(), values.redact(number.written(), kind));
        }
      }
      case JsonPart.Other other -> {}
    }
  }

  /**
   * @param kind of the whole object: phones[].value is a phone number, name.first a name
   */
  private void fields(JsonPart.Fields object, String parent, Optional<Personal> kind) {
    boolean isPerson =
        object.members().stream().anyMatch(member -> PersonalFields.isOfPeople(member.name()));
    List<JsonPart.Member> naming = names.naming(object);
    for (JsonPart.Member member : object.members()) {
      path.addLast(member.name());
      walk(member.value(), member.name(), kind(member, naming, isPerson ? "person" : parent, kind));
      path.removeLast();
    }
  }

  private Optional<Personal> kind(
      JsonPart.Member member,
      List<JsonPart.Member> naming,
      String parent,
      Optional<Personal> inherited) {
    Optional<Personal> known = values.known().kind(path);
    if (known.isPresent()) {
      return known;
    }
    for (String name : names.of(member, naming)) {
      Optional<Personal> kind = PersonalFields.kind(name, parent);
      if (kind.isPresent()) {
        return kind;
      }
    }
    boolean isPart =
        JsonNames.isValue(member.name()) || inherited.equals(Optional.of(Personal.NAME));
    return isPart ? inherited : Optional.empty();
  }

  /** Redacts a value of any format; JSON within a text is redacted as JSON. */
  static String text(String value, Optional<Personal> kind, ValueRedaction values) {
    String trimmed = value.strip();
    if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
      Optional<String> nested = redact(value, values);
      if (nested.isPresent()) {
        return nested.get();
      }
    }
    return values.redact(value, kind);
  }

  private void replace(int start, int end, String replacement) {
    redacted.append(text, copied, start).append(replacement);
    copied = end;
  }

  private static String quoted(String value) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }
}

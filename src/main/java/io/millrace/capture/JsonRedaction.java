package io.millrace.capture;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Redacts a JSON text in place: everything except the replaced values is unchanged. */
final class JsonRedaction {
  /** Members that name a field whose value is in another member of the same object. */
  private static final Set<String> NAMING =
      Set.of(
          "name",
          "key",
          "field",
          "fieldname",
          "propertyname",
          "property",
          "label",
          "columnid",
          "column_id",
          "property_name",
          "field_name",
          "attribute");

  /** Members that contain such a value. */
  private static final Set<String> VALUED =
      Set.of(
          "value",
          "values",
          "propertyvalue",
          "property_value",
          "string_value",
          "newvalue",
          "new_value",
          "oldvalue",
          "old_value",
          "answer",
          "previousvalue");

  private final ValueRedaction values;
  private final StringBuilder redacted = new StringBuilder();
  private final String text;
  private int copied;

  private JsonRedaction(ValueRedaction values, String text) {
    this.values = values;
    this.text = text;
  }

  /** Redacts a text; empty if it is not JSON. */
  static Optional<String> redact(String text, ValueRedaction values) {
    return JsonPart.read(text)
        .map(
            part -> {
              JsonRedaction redaction = new JsonRedaction(values, text);
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
      case JsonPart.Fields fields -> fields(fields.members(), name);
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

  private void fields(List<JsonPart.Member> members, String parent) {
    Optional<String> named =
        members.stream()
            .filter(member -> NAMING.contains(lower(member.name())))
            .map(JsonPart.Member::value)
            .filter(JsonPart.Text.class::isInstance)
            .map(name -> ((JsonPart.Text) name).value())
            .findFirst();
    for (JsonPart.Member member : members) {
      String name =
          named.isPresent() && VALUED.contains(lower(member.name())) ? named.get() : member.name();
      walk(member.value(), name, PersonalFields.kind(name, parent));
    }
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

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

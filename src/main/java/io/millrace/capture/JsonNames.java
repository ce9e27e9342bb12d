package io.millrace.capture;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the fields of a JSON text are called: by their own names, or by a name that the same object
 * or a description elsewhere in the text gives them, as forms do for their answers.
 */
final class JsonNames {
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
          "question",
          "columnid",
          "column_id",
          "property_name",
          "field_name",
          "attribute");

  /** Members of an object that such a member may be instead of a text. */
  private static final List<String> IDENTIFYING =
      List.of("ref", "id", "key", "name", "label", "title");

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

  /** In addition if the field is described by an object, as the answers to a form's questions. */
  private static final Set<String> ANSWERED = Set.of("text", "string", "choice", "other");

  /** More only occur in texts that are made to be slow. */
  private static final int MOST_NAMING = 20;

  private final Map<String, String> titles = new HashMap<>();

  /** Collects the descriptions in a text: objects with a title and an identity. */
  JsonNames(JsonPart whole) {
    describe(whole);
  }

  private void describe(JsonPart part) {
    switch (part) {
      case JsonPart.Fields fields -> {
        Optional<String> title = text(fields, "title").or(() -> text(fields, "label"));
        for (String identity : List.of("ref", "id", "key")) {
          title.ifPresent(
              it -> text(fields, identity).ifPresent(known -> titles.putIfAbsent(known, it)));
        }
        fields.members().forEach(member -> describe(member.value()));
      }
      case JsonPart.Items items -> items.elements().forEach(this::describe);
      case JsonPart.Text text -> {}
      case JsonPart.Numeral number -> {}
      case JsonPart.Other other -> {}
    }
  }

  /** The members of an object that name its other members. */
  List<JsonPart.Member> naming(JsonPart.Fields object) {
    return object.members().stream()
        .filter(member -> NAMING.contains(lower(member.name())))
        .limit(MOST_NAMING)
        .toList();
  }

  /**
   * All names of a member of an object, its own last.
   *
   * @param naming what {@link #naming} found in the object
   */
  List<String> of(JsonPart.Member member, List<JsonPart.Member> naming) {
    String own = member.name();
    Stream<String> given =
        naming.stream()
            .filter(other -> !other.name().equals(own))
            .flatMap(other -> given(other.value(), lower(own)));
    return Stream.concat(given, Stream.of(own)).toList();
  }

  /** The names that a naming member gives to a member. */
  private Stream<String> given(JsonPart naming, String own) {
    return switch (naming) {
      case JsonPart.Text text ->
          VALUED.contains(own) ? withTitle(text.value()) : Stream.<String>empty();
      case JsonPart.Fields described ->
          VALUED.contains(own) || ANSWERED.contains(own)
              ? IDENTIFYING.stream()
                  .flatMap(name -> text(described, name).stream())
                  .flatMap(this::withTitle)
              : Stream.<String>empty();
      case JsonPart.Items items -> Stream.empty();
      case JsonPart.Numeral number -> Stream.empty();
      case JsonPart.Other other -> Stream.empty();
    };
  }

  private Stream<String> withTitle(String name) {
    return Stream.concat(Stream.of(name), Optional.ofNullable(titles.get(name)).stream());
  }

  /** Whether a member contains the value of its object, such as {@code phones[].value}. */
  static boolean isValue(String name) {
    return VALUED.contains(lower(name));
  }

  private static Optional<String> text(JsonPart.Fields fields, String name) {
    return fields.members().stream()
        .filter(member -> lower(member.name()).equals(name))
        .map(JsonPart.Member::value)
        .filter(JsonPart.Text.class::isInstance)
        .map(text -> ((JsonPart.Text) text).value())
        .findFirst();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

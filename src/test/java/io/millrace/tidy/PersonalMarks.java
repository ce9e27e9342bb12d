package io.millrace.tidy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the schemas say about personal data: the property {@code pii} of their fields. */
final class PersonalMarks {
  private static final String MARK = "pii";

  /** Names or reaches a person; whatever a sender wrote; an id of theirs. */
  private static final Set<String> CATEGORIES = Set.of("contact", "content", "pseudonym");

  private final Map<String, JsonNode> schemas;

  private PersonalMarks(Map<String, JsonNode> schemas) {
    this.schemas = schemas;
  }

  static PersonalMarks read() {
    return new PersonalMarks(
        SchemaFiles.all().stream()
            .collect(Collectors.toMap(PersonalMarks::name, SchemaFiles::read)));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".avsc", "");
  }

  /** Every field that could hold personal data and whose schema does not say whether it does. */
  List<String> undecided() {
    List<String> undecided = new ArrayList<>();
    schemas.forEach(
        (name, schema) -> {
          for (JsonNode field : schema.path("fields")) {
            if (!isDecided(field)) {
              undecided.add(name + "." + field.path("name").asText());
            }
          }
        });
    return undecided.stream().sorted().toList();
  }

  static boolean isDecided(JsonNode field) {
    JsonNode mark = field.path(MARK);
    boolean isMark =
        (mark.isBoolean() && !mark.asBoolean())
            || (mark.isTextual() && CATEGORIES.contains(mark.asText()));
    return mark.isMissingNode() ? !holdsText(field.path("type")) : isMark;
  }

  /** Whether a type holds text or bytes itself; records in it decide for their own fields. */
  private static boolean holdsText(JsonNode type) {
    if (type.isTextual()) {
      return type.asText().equals("string") || type.asText().equals("bytes");
    }
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (holdsText(one)) {
          return true;
        }
      }
      return false;
    }
    if (!type.isObject()) {
      return false;
    }
    // The keys of a map are text, too.
    return type.path("type").asText().equals("map")
        || holdsText(type.path("type"))
        || holdsText(type.path("items"));
  }

  /** The categories of a record and of everything in it. */
  Set<String> categoriesOf(String record) {
    Set<String> categories = new TreeSet<>();
    collect(record, categories, new HashSet<>());
    return categories;
  }

  private void collect(String record, Set<String> categories, Set<String> visited) {
    if (!schemas.containsKey(record) || !visited.add(record)) {
      return;
    }
    for (JsonNode field : schemas.get(record).path("fields")) {
      if (field.path(MARK).isTextual()) {
        categories.add(field.path(MARK).asText());
      }
      records(field.path("type")).forEach(inner -> collect(inner, categories, visited));
    }
  }

  private static List<String> records(JsonNode type) {
    if (type.isTextual()) {
      return List.of(type.asText().substring(type.asText().lastIndexOf('.') + 1));
    }
    List<String> records = new ArrayList<>();
    type.forEach(part -> records.addAll(records(part)));
    return records;
  }

  static String describe(JsonNode field) {
    String owner = field.has("owner") ? " (" + field.path("owner").asText() + ")" : "";
    return field.path(MARK).isTextual() ? field.path(MARK).asText() + owner : owner.strip();
  }
}

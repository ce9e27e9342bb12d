package io.millrace.tidy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The data model's files, read as JSON so that nothing Avro would forgive is missed. */
final class SchemaFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaFiles() {}

  static List<Path> all() {
    return Checkout.filesIn("schemas").stream()
        .filter(path -> path.toString().endsWith(".avsc"))
        .toList();
  }

  static JsonNode read(Path path) {
    return parse(Checkout.read(path));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a schema, a line each. */
  static List<String> faults(String fileName, JsonNode schema) {
    List<String> faults = new ArrayList<>();
    if (!fileName.equals(schema.path("name").asText() + ".avsc")) {
      faults.add(fileName + ": the file is not named after its record");
    }
    if (!isSentence(schema.path("doc").asText())) {
      faults.add(fileName + ": the record has no doc that is a sentence");
    }
    for (JsonNode field : schema.path("fields")) {
      String name = fileName + ": " + field.path("name").asText();
      if (!isSentence(field.path("doc").asText())) {
        faults.add(name + " has no doc that is a sentence");
      }
      if (!field.path("name").asText().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
        faults.add(name + " is not snake_case");
      }
      if (isNullable(field.path("type")) && !isNullFirst(field)) {
        faults.add(name + " is nullable without null as its first type and default");
      }
    }
    return faults;
  }

  /** A type as a reader of the manual wants it: {@code long (timestamp-millis), or null}. */
  static String describe(JsonNode type) {
    if (type.isTextual()) {
      return type.asText();
    }
    if (type.isArray()) {
      return describeUnion(type);
    }
    return switch (type.path("type").asText()) {
      case "array" -> "list of " + describe(type.path("items"));
      case "map" -> "map of " + describe(type.path("values"));
      default ->
          type.has("logicalType")
              ? type.path("type").asText() + " (" + type.path("logicalType").asText() + ")"
              : describe(type.path("type"));
    };
  }

  private static String describeUnion(JsonNode union) {
    List<String> types = new ArrayList<>();
    for (JsonNode type : union) {
      if (!type.asText().equals("null")) {
        types.add(describe(type));
      }
    }
    return String.join(" or ", types) + (isNullable(union) ? ", or null" : "");
  }

  private static boolean isNullable(JsonNode type) {
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (one.asText().equals("null")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNullFirst(JsonNode field) {
    return field.path("type").path(0).asText().equals("null")
        && field.has("default")
        && field.path("default").isNull();
  }

  private static boolean isSentence(String doc) {
    return doc.endsWith(".");
  }
}

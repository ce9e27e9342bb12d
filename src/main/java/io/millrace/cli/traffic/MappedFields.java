package io.millrace.cli.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.provider.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which fields of a provider's bodies its entry maps to which fields of the canonical event. */
final class MappedFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A path that is relative to the body, or to the data of the event. */
  private static final Pattern PATH = Pattern.compile("(?:[bd]:)?([\\w$]+(?:\\.[\\w$]+)*)");

  private MappedFields() {}

  /** The canonical field by the path in the body, as the entry is written. */
  static Map<String, String> of(Provider provider) {
    try {
      JsonNode events = JSON.readTree(provider.written()).path("events");
      Map<String, String> fields = new HashMap<>();
      events
          .path("fields")
          .properties()
          .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
      for (String part : new String[] {"add", "person"}) {
        events
            .path(part)
            .properties()
            .forEach(field -> addPaths(field.getKey(), field.getValue(), fields));
      }
      return fields;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(provider.name(), impossible);
    }
  }

  /** An expression names alternatives; elements of lists are not part of a path. */
  private static void addPaths(String canonical, JsonNode expression, Map<String, String> fields) {
    if (!expression.isTextual()) {
      return;
    }
    for (String alternative : expression.asText().split("\\|", -1)) {
      Matcher path = PATH.matcher(alternative.replaceAll("\\[[^]]*]", "").strip());
      if (path.matches()) {
        fields.put(path.group(1), canonical);
      }
    }
  }
}

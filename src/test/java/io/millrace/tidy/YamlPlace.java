package io.millrace.tidy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping in a YAML file, and which keys it may have.
 *
 * @param tree the whole file
 * @param pointer where the mapping is in it
 * @param shape the same for mappings that may have the same keys
 */
record YamlPlace(YamlKind kind, JsonNode tree, String pointer, String shape) {
  private static final String UNKNOWN = "surely_unknown";

  /** How the reader lists the keys it would take as well when it refuses one. */
  private static final Pattern KNOWN =
      Pattern.compile("the key " + UNKNOWN + " is unknown; use one of (.*)");

  /** What decides which other keys a mapping may have. */
  private static final List<String> DECIDING = List.of("scheme", "kind", "format", "anyOf");

  static List<YamlPlace> all(YamlKind kind, JsonNode tree) {
    List<YamlPlace> places = new ArrayList<>();
    collect(kind, tree, tree, "", "", places);
    return places;
  }

  private static void collect(
      YamlKind kind,
      JsonNode tree,
      JsonNode node,
      String pointer,
      String path,
      List<YamlPlace> places) {
    if (node.isObject()) {
      // A variant may say the same as its provider, and one handshake the same as one of several.
      StringBuilder shape =
          new StringBuilder(path.replaceFirst("^/variants/\\*(?=/)|(?<=^/handshake)/\\*", ""));
      for (String key : DECIDING) {
        if (node.has(key)) {
          shape.append(' ').append(key).append('=').append(node.path(key).asText());
        }
      }
      places.add(new YamlPlace(kind, tree, pointer, shape.toString()));
      boolean isNamed = path.matches("/(variants|topics|records)");
      node.properties()
          .forEach(
              member ->
                  collect(
                      kind,
                      tree,
                      member.getValue(),
                      pointer + "/" + member.getKey(),
                      path + "/" + (isNamed ? "*" : member.getKey()),
                      places));
    }
    for (int index = 0; node.isArray() && index < node.size(); index++) {
      collect(kind, tree, node.get(index), pointer + "/" + index, path + "/*", places);
    }
  }

  /** The keys that are there and those the reader lists besides; every key if it takes any. */
  Set<String> keysOfReader() {
    Matcher known = KNOWN.matcher(kind.refusal(with(UNKNOWN)).orElse(""));
    if (!known.find()) {
      return kind.everyName();
    }
    Set<String> keys = new TreeSet<>(List.of(known.group(1).split(", ", -1)));
    tree.at(pointer).fieldNames().forEachRemaining(keys::add);
    // Either of these takes the place of all the others.
    keys.removeIf(key -> key.matches("anyOf|allOf") && !tree.at(pointer).has(key));
    return keys;
  }

  /** The keys the schema takes. */
  Set<String> keysOfSchema() {
    Set<String> keys = new TreeSet<>(kind.everyName());
    keys.removeIf(key -> kind.errors(with(key)).stream().anyMatch(YamlPlace.this::isAboutTheKey));
    return keys;
  }

  private boolean isAboutTheKey(Error error) {
    return error.getInstanceLocation().toString().equals(pointer)
        && (error.getKeyword().equals("additionalProperties")
            || error.getEvaluationPath().toString().contains("propertyNames"));
  }

  private JsonNode with(String key) {
    JsonNode changed = tree.deepCopy();
    if (changed.at(pointer) instanceof ObjectNode mapping && !mapping.has(key)) {
      mapping.put(key, "text");
    }
    return changed;
  }
}

package io.millrace.tidy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One fault of structure put into a YAML file.
 *
 * @param path where, with a star for a position in a list: {@code /mapping/fields/*}
 * @param what what was done there
 * @param tree the file with the fault
 */
record YamlMutation(String path, String what, JsonNode tree) {
  /** Of other types than most keys want, and a word that is in no list of words. */
  private static final List<String> OTHER_VALUES =
      List.of(
          "{}",
          "[]",
          "{surely_unknown: 1}",
          "[nonsense]",
          "[true]",
          "true",
          "'true'",
          "7",
          "'7'",
          "1.5",
          "nonsense",
          "null");

  /** A place in a tree: a key of an object, or a position in a list. */
  private record Site(JsonNode parent, String key, int index, String path) {
    String own() {
      return path + "/" + (parent.isObject() ? key : "*");
    }

    JsonNode value() {
      return parent.isObject() ? parent.path(key) : parent.path(index);
    }

    void put(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(key, value);
      } else {
        ((ArrayNode) parent).set(index, value);
      }
    }

    void remove() {
      if (parent instanceof ObjectNode object) {
        object.remove(key);
      } else {
        ((ArrayNode) parent).remove(index);
      }
    }
  }

  /** Renames a key, drops one, makes a list of a value or the reverse, or puts another there. */
  static YamlMutation of(JsonNode sound, Random random) {
    JsonNode tree = sound.deepCopy();
    List<Site> sites = new ArrayList<>();
    collect(tree, "", sites);
    Site site = sites.get(random.nextInt(sites.size()));
    String path = site.own();
    int choice = random.nextInt(5);
    if (choice == 1 && site.parent() instanceof ObjectNode object) {
      JsonNode value = site.value();
      site.remove();
      object.set("surely_unknown", value);
      return new YamlMutation(path, "renamed", tree);
    }
    if (choice < 2) {
      site.remove();
      return new YamlMutation(path, "dropped", tree);
    }
    if (choice == 2) {
      boolean isList = site.value().isArray() && !site.value().isEmpty();
      site.put(isList ? site.value().get(0) : YamlKind.list(site.value()));
      return new YamlMutation(path, isList ? "replaced by its first" : "put in a list", tree);
    }
    String value = OTHER_VALUES.get(random.nextInt(OTHER_VALUES.size()));
    site.put(YamlKind.parse(value));
    return new YamlMutation(path, "replaced by " + value, tree);
  }

  private static void collect(JsonNode node, String path, List<Site> sites) {
    if (node.isObject()) {
      for (var member : node.properties()) {
        Site site = new Site(node, member.getKey(), 0, path);
        sites.add(site);
        collect(member.getValue(), site.own(), sites);
      }
    }
    for (int index = 0; node.isArray() && index < node.size(); index++) {
      Site site = new Site(node, "", index, path);
      sites.add(site);
      collect(node.get(index), site.own(), sites);
    }
  }
}

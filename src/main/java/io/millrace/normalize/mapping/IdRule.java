package io.millrace.normalize.mapping;

import io.millrace.model.SystemId;
import io.millrace.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where an event has an id of a person or an account: {@code contact: data.contact_id}, or, if it
 * is an id of another system, {@code contact: {path: data.hubspot_id, system: crm}}.
 *
 * @param kind the name of the id
 * @param system the system that gave it; empty: the event's own
 */
public record IdRule(String kind, Optional<String> system, Expression path) {
  /** What is the same in every system is no id. */
  private static final Set<String> NOT_IDS = Set.of("email", "phone", "domain");

  static List<IdRule> read(Section section) {
    List<IdRule> rules = new ArrayList<>();
    section.section("ids").ifPresent(ids -> ids.keys().forEach(kind -> read(ids, kind, rules)));
    return List.copyOf(rules);
  }

  /** The rule under a key: an expression, or a section with path and system. */
  static Optional<IdRule> read(Section section, String key) {
    if (section.isText(key)) {
      return section
          .parsed(key, Expression::parse)
          .map(path -> new IdRule(key, Optional.empty(), path));
    }
    return section
        .section(key)
        .map(id -> new IdRule(key, system(id), Expression.required(id, "path")));
  }

  private static void read(Section ids, String kind, List<IdRule> rules) {
    if (NOT_IDS.contains(kind) || kind.contains(":")) {
      ids.fault(
          kind,
          "ids: " + kind + " cannot be the name of an id",
          "use " + kind + ": next to ids, or give the id another name, such as user");
    }
    if (ids.isText(kind)) {
      ids.parsed(kind, Expression::parse)
          .ifPresent(path -> rules.add(new IdRule(kind, Optional.empty(), path)));
      return;
    }
    for (Section id : ids.oneOrMore(kind)) {
      rules.add(new IdRule(kind, system(id), Expression.required(id, "path")));
    }
  }

  /** The system that a section names. */
  public static Optional<String> system(Section section) {
    Optional<String> system = section.text("system");
    system
        .filter(name -> !SystemId.NAME.matcher(name).matches())
        .ifPresent(
            name ->
                section.fault(
                    "system",
                    "system: " + name + " cannot be the name of a system",
                    "use lower-case letters, digits and dashes, beginning with a letter or digit"));
    return system;
  }

  /** The id, if the event has it. */
  Optional<NamedId> id(Scope scope) {
    return path.text(scope).map(text -> new NamedId(kind, system, ComposedText.of(text)));
  }
}

package io.millrace.flow.order;

import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the ordering rules and reports every fault in them. */
public final class OrderingRulesReader {
  static final String FILE = "ordering.yaml";
  private static final int MOST_WAITING = 100_000_000;
  private static final int DEFAULT_MAX_WAITING = 200_000;
  private static final String WINDOW = "reorderWindow";
  private static final String WAIT = "prerequisiteWait";
  private static final String MAX_PER_RECORD = "maxWaitingPerRecord";
  private static final String MAX = "maxWaiting";
  private static final String CREATION = "creation";
  private static final String SEQUENCE = "sequence";
  private static final String FOLLOWS = "follows";
  private static final String PREREQUISITES = "prerequisites";
  private static final OrderingRule HARMLESS = new OrderingRule(Duration.ZERO, Duration.ZERO, 1);

  private OrderingRulesReader() {}

  public static OrderingRules read(Section file) {
    Optional<Section> stated =
        file.require("defaults", "{reorderWindow: PT2S, ...}").section("defaults");
    OrderingRule defaults = stated.map(OrderingRulesReader::defaults).orElse(HARMLESS);
    int maxWaiting =
        stated
            .flatMap(section -> section.integer(MAX, 1, MOST_WAITING))
            .orElse(DEFAULT_MAX_WAITING);
    Map<String, OrderingRule> records = new TreeMap<>();
    file.section("records")
        .ifPresent(
            types ->
                types
                    .keys()
                    .forEach(
                        type ->
                            types
                                .section(type)
                                .ifPresent(each -> records.put(type, rule(each, defaults)))));
    return new OrderingRules(defaults, records, maxWaiting);
  }

  private static OrderingRule defaults(Section section) {
    return new OrderingRule(
        RuleFields.requiredDuration(section, WINDOW),
        RuleFields.requiredDuration(section, WAIT),
        section
            .require(MAX_PER_RECORD, "10000")
            .integer(MAX_PER_RECORD, 1, MOST_WAITING)
            .orElse(1));
  }

  private static OrderingRule rule(Section section, OrderingRule defaults) {
    Duration wait = RuleFields.duration(section, WAIT).orElse(defaults.prerequisiteWait());
    if (wait.isZero()) {
      List.of(CREATION, SEQUENCE, FOLLOWS, PREREQUISITES)
          .forEach(key -> refuseWithoutWait(section, key));
    }
    boolean expected =
        section.choice(CREATION, Map.of("expected", true, "never", false)).orElse(true);
    return new OrderingRule(
        RuleFields.duration(section, WINDOW).orElse(defaults.reorderWindow()),
        wait,
        section.integer(MAX_PER_RECORD, 1, MOST_WAITING).orElse(defaults.maxWaitingPerRecord()),
        !wait.isZero() && expected,
        names(section, FOLLOWS),
        section.choice(SEQUENCE, Map.of("contiguous", true, "gaps", false)).orElse(false),
        section.sections(PREREQUISITES).stream().map(OrderingRulesReader::prerequisite).toList());
  }

  private static void refuseWithoutWait(Section section, String key) {
    if (section.has(key)) {
      section.fault(
          key,
          key + " has no effect without a prerequisiteWait",
          "add prerequisiteWait: PT5M, which says how long to wait");
    }
  }

  private static EventPrerequisite prerequisite(Section section) {
    if (!section.has("needs") && !section.has("unchanged")) {
      section.fault("the events have no prerequisite", "add needs, unchanged or both");
    }
    Map<String, Set<String>> needs = new TreeMap<>();
    section
        .section("needs")
        .ifPresent(
            fields ->
                fields
                    .keys()
                    .forEach(field -> needs.put(field, RuleFields.differentValues(fields, field))));
    return new EventPrerequisite(
        RuleFields.eventTypes(section, "events"), needs, names(section, "unchanged"));
  }

  private static Set<String> names(Section section, String key) {
    return section.has(key) ? RuleFields.differentTexts(section, key) : Set.of();
  }
}

package io.millrace.rule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the rules about order and finds everything that is wrong with them. */
final class OrderingRulesReader {
  private static final String FILE = "ordering.yaml";
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
  private static final List<String> RECORD_KEYS =
      List.of(WINDOW, WAIT, MAX_PER_RECORD, CREATION, SEQUENCE, FOLLOWS, PREREQUISITES);
  private static final List<String> DEFAULT_KEYS = List.of(WINDOW, WAIT, MAX_PER_RECORD, MAX);
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final Path directory;
  private final List<String> faults = new ArrayList<>();

  OrderingRulesReader(Path directory) {
    this.directory = directory;
  }

  OrderingRules read() {
    RuleFields file = new RuleFields(FILE + ":", tree(), faults, List.of("defaults", "records"));
    RuleFields stated = file.mapping("defaults", DEFAULT_KEYS);
    OrderingRule defaults =
        new OrderingRule(
            stated.duration(WINDOW),
            stated.duration(WAIT),
            stated.number(MAX_PER_RECORD, 1, MOST_WAITING));
    int maxWaiting = stated.has(MAX) ? stated.number(MAX, 1, MOST_WAITING) : DEFAULT_MAX_WAITING;
    Map<String, OrderingRule> records = new TreeMap<>();
    file.mappings("records", RECORD_KEYS)
        .forEach((type, fields) -> records.put(type, rule(fields, defaults)));
    if (!faults.isEmpty()) {
      throw new InvalidRulesException(faults);
    }
    return new OrderingRules(defaults, records, maxWaiting);
  }

  private static OrderingRule rule(RuleFields fields, OrderingRule defaults) {
    Duration wait = fields.optionalDuration(WAIT).orElse(defaults.prerequisiteWait());
    if (wait.isZero()) {
      List.of(CREATION, SEQUENCE, FOLLOWS, PREREQUISITES)
          .forEach(key -> refuseWithoutWait(fields, key));
    }
    return new OrderingRule(
        fields.optionalDuration(WINDOW).orElse(defaults.reorderWindow()),
        wait,
        fields.has(MAX_PER_RECORD)
            ? fields.number(MAX_PER_RECORD, 1, MOST_WAITING)
            : defaults.maxWaitingPerRecord(),
        !wait.isZero() && fields.choice(CREATION, "expected", "never").equals("expected"),
        names(fields, FOLLOWS),
        fields.choice(SEQUENCE, "gaps", "contiguous").equals("contiguous"),
        fields.list(PREREQUISITES, List.of("events", "needs", "unchanged")).stream()
            .map(OrderingRulesReader::prerequisite)
            .toList());
  }

  private static void refuseWithoutWait(RuleFields fields, String key) {
    if (fields.has(key)) {
      fields.fault(key, "has no effect without a prerequisiteWait, which says how long to wait");
    }
  }

  private static EventPrerequisite prerequisite(RuleFields fields) {
    if (!fields.has("needs") && !fields.has("unchanged")) {
      fields.fault("events", "have no prerequisite: say needs, unchanged or both");
    }
    return new EventPrerequisite(
        fields.eventTypes("events"), fields.valuesByName("needs"), names(fields, "unchanged"));
  }

  private static Set<String> names(RuleFields fields, String key) {
    return fields.has(key) ? Set.copyOf(fields.texts(key)) : Set.of();
  }

  private JsonNode tree() {
    Path file = directory.resolve(FILE);
    try {
      return YAML.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException notYaml) {
      faults.add(FILE + ": is not YAML: " + notYaml.getOriginalMessage());
    } catch (IOException unreadable) {
      faults.add(FILE + ": cannot be read at " + file.toAbsolutePath() + ": " + unreadable);
    }
    return MissingNode.getInstance();
  }
}

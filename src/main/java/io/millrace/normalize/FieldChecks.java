package io.millrace.normalize;

import io.millrace.normalize.field.AtLeastOneRule;
import io.millrace.normalize.field.FieldKind;
import io.millrace.normalize.field.FieldRule;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.mapping.FieldMapping;
import io.millrace.normalize.mapping.Mapping;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The field rules of one source: its own mapping takes precedence over the table of fields.
 *
 * @param adjustments the mapping's rules for fields, by canonical name
 * @param requirements those of the mapping, then those of the table
 */
record FieldChecks(
    FieldRules table,
    Optional<String> region,
    Map<String, FieldRule.Adjustment> adjustments,
    List<AtLeastOneRule> requirements) {

  FieldChecks {
    adjustments = Map.copyOf(adjustments);
    requirements = List.copyOf(requirements);
  }

  static FieldChecks of(FieldRules table, Mapping mapping) {
    Map<String, FieldRule.Adjustment> adjustments = new HashMap<>();
    for (FieldMapping line : mapping.fields()) {
      line.adjustment().ifPresent(adjusted -> adjustments.putIfAbsent(line.to(), adjusted));
    }
    return new FieldChecks(
        table,
        mapping.region(),
        adjustments,
        Stream.concat(mapping.atLeastOne().stream(), table.requirements().stream()).toList());
  }

  /** The rule for a field of such an event; empty when there is none. */
  Optional<FieldRule> rule(String field, String recordType, String eventType) {
    Optional<FieldRule> base = table.find(field, recordType, eventType);
    if (region.isPresent()) {
      base = base.map(this::inRegion);
    }
    FieldRule.Adjustment adjustment = adjustments.get(field);
    if (adjustment == null) {
      return base;
    }
    FieldRule adjusted = adjustment.over(field, base);
    return Optional.of(adjusted.format().region().isEmpty() ? inRegion(adjusted) : adjusted);
  }

  /** The requirements for such an event; of several for the same fields the first counts. */
  List<AtLeastOneRule> requirements(String eventType) {
    Map<String, AtLeastOneRule> found = new LinkedHashMap<>();
    for (AtLeastOneRule requirement : requirements) {
      if (requirement.isFor(eventType)) {
        found.putIfAbsent(requirement.name(), requirement);
      }
    }
    return List.copyOf(found.values());
  }

  private FieldRule inRegion(FieldRule rule) {
    return rule.format().kind() == FieldKind.PHONE ? rule.withRegion(region) : rule;
  }
}

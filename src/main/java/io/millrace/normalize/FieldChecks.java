package io.millrace.normalize;

import io.millrace.normalize.field.FieldDemand;
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
 * The table of fields as one source sees it: what its own mapping says goes before.
 *
 * @param adjustments what the mapping says about fields, by canonical name
 * @param demands those of the mapping, then those of the table
 */
record FieldChecks(
    FieldRules table,
    Optional<String> region,
    Map<String, FieldRule.Adjustment> adjustments,
    List<FieldDemand> demands) {

  FieldChecks {
    adjustments = Map.copyOf(adjustments);
    demands = List.copyOf(demands);
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
        Stream.concat(mapping.atLeastOne().stream(), table.demands().stream()).toList());
  }

  /** What this field of such an event is meant to hold; empty when nobody said. */
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

  /** The demands on such an event; of several on the same fields the first counts. */
  List<FieldDemand> demands(String eventType) {
    Map<String, FieldDemand> found = new LinkedHashMap<>();
    for (FieldDemand demand : demands) {
      if (demand.isFor(eventType)) {
        found.putIfAbsent(demand.name(), demand);
      }
    }
    return List.copyOf(found.values());
  }

  private FieldRule inRegion(FieldRule rule) {
    return rule.format().kind() == FieldKind.PHONE ? rule.withRegion(region) : rule;
  }
}

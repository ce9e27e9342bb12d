package io.millrace.source;

import io.millrace.field.FieldKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The table of fields as one source sees it: what its own mapping says goes before. */
record FieldChecks(FieldRules table, Mapping mapping) {

  /** What this field of such an event is meant to hold; empty when nobody said. */
  Optional<FieldRule> rule(String field, String recordType, String eventType) {
    Optional<FieldRule> base =
        table
            .find(field, recordType, eventType)
            .map(rule -> mapping.region().isPresent() ? inRegion(rule) : rule);
    return mapping.fields().stream()
        .filter(line -> line.to().equals(field))
        .flatMap(line -> line.adjustment().stream())
        .findFirst()
        .map(adjustment -> adjustment.over(field, base))
        .map(rule -> rule.format().region().isEmpty() ? inRegion(rule) : rule)
        .or(() -> base);
  }

  /** The demands on such an event; of several on the same fields the first counts. */
  List<FieldDemand> demands(String eventType) {
    Set<String> seen = new TreeSet<>();
    return Stream.concat(mapping.atLeastOne().stream(), table.demands().stream())
        .filter(demand -> demand.isFor(eventType) && seen.add(demand.name()))
        .toList();
  }

  private FieldRule inRegion(FieldRule rule) {
    return rule.format().kind() == FieldKind.PHONE ? rule.withRegion(mapping.region()) : rule;
  }
}

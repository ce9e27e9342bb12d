package io.millrace.rule;

import java.util.Map;

/**
 * The ordering rules by type of record.
 *
 * @param defaults for every type that has no rule of its own
 * @param records rules by record type, in lower case
 */
public record OrderingRules(OrderingRule defaults, Map<String, OrderingRule> records) {

  public OrderingRules {
    records = Map.copyOf(records);
  }

  public OrderingRule of(String recordType) {
    return records.getOrDefault(recordType, defaults);
  }
}

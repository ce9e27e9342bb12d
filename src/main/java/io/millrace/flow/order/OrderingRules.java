package io.millrace.flow.order;

import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * The ordering rules by record type.
 *
 * @param defaults for every type without its own rule
 * @param records rules by record type, in lower case
 * @param maxWaiting how many events of all records may wait in a partition before those that are
 *     due first are released; at least 1
 */
public record OrderingRules(
    OrderingRule defaults, Map<String, OrderingRule> records, int maxWaiting) {

  public OrderingRules {
    records = Map.copyOf(records);
    if (maxWaiting < 1) {
      throw new IllegalArgumentException("maxWaiting %d must be at least 1".formatted(maxWaiting));
    }
  }

  /** Rules with a limit per record but none per partition. */
  public OrderingRules(OrderingRule defaults, Map<String, OrderingRule> records) {
    this(defaults, records, Integer.MAX_VALUE);
  }

  /**
   * Reads {@code ordering.yaml} in a folder.
   *
   * @throws InvalidFileException with every fault of the file
   */
  public static OrderingRules load(Path directory) {
    return YamlFile.read(directory.resolve(OrderingRulesReader.FILE), OrderingRulesReader::read);
  }

  public OrderingRule of(String recordType) {
    return records.getOrDefault(recordType, defaults);
  }
}

package io.millrace.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.rule.OrderingRule;
import io.millrace.rule.OrderingRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads {@code topology/rules/ordering.yaml}. */
public final class OrderingFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .registerModule(new Jdk8Module())
          .registerModule(new JavaTimeModule());

  private OrderingFile() {}

  /**
   * The rules in a file.
   *
   * @throws IllegalArgumentException when they are not valid; the message says where and why
   * @throws UncheckedIOException when the file cannot be read
   */
  public static OrderingRules read(Path file) {
    try {
      Content content = YAML.readValue(Files.readString(file), Content.class);
      return rules(content);
    } catch (JsonProcessingException | IllegalArgumentException invalid) {
      throw new IllegalArgumentException(file + ": " + invalid.getMessage(), invalid);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the ordering rules in " + file, failure);
    }
  }

  private static OrderingRules rules(Content content) {
    OrderingRule defaults =
        content
            .defaults()
            .flatMap(Entry::complete)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "defaults must give reorderWindow, prerequisiteWait and"
                            + " maxWaitingPerRecord"));
    Map<String, OrderingRule> records = new TreeMap<>();
    content
        .records()
        .orElse(Map.of())
        .forEach((type, entry) -> records.put(type, entry.over(defaults)));
    return new OrderingRules(defaults, records);
  }

  private record Content(Optional<Entry> defaults, Optional<Map<String, Entry>> records) {}

  private record Entry(
      Optional<Duration> reorderWindow,
      Optional<Duration> prerequisiteWait,
      OptionalInt maxWaitingPerRecord) {

    Optional<OrderingRule> complete() {
      return reorderWindow.isPresent()
              && prerequisiteWait.isPresent()
              && maxWaitingPerRecord.isPresent()
          ? Optional.of(
              new OrderingRule(
                  reorderWindow.get(), prerequisiteWait.get(), maxWaitingPerRecord.getAsInt()))
          : Optional.empty();
    }

    OrderingRule over(OrderingRule defaults) {
      return new OrderingRule(
          reorderWindow.orElse(defaults.reorderWindow()),
          prerequisiteWait.orElse(defaults.prerequisiteWait()),
          maxWaitingPerRecord.orElse(defaults.maxWaitingPerRecord()));
    }
  }
}

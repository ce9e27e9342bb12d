package io.millrace.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Reads one topic's entry and notes every fault in it. */
final class TopicSettingReader {
  private static final Set<String> KEYS =
      Set.of(
          "value",
          "key",
          "owner",
          "readers",
          "partitions",
          "cleanup",
          "retention",
          "compatibility",
          "maxMessageBytes");
  private static final Set<String> CLEANUPS = Set.of("delete", "compact");
  private static final Set<String> COMPATIBILITIES =
      Set.of(
          "BACKWARD",
          "BACKWARD_TRANSITIVE",
          "FORWARD",
          "FORWARD_TRANSITIVE",
          "FULL",
          "FULL_TRANSITIVE");

  private final String name;
  private final JsonNode entry;
  private final JsonNode defaults;
  private final List<String> faults;
  private final int faultsBefore;

  TopicSettingReader(String name, JsonNode entry, JsonNode defaults, List<String> faults) {
    this.name = name;
    this.entry = entry;
    this.defaults = defaults;
    this.faults = faults;
    this.faultsBefore = faults.size();
  }

  /** The topic; empty when it has faults. */
  Optional<TopicSetting> read() {
    entry
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                fault("'%s' is not known; use one of %s".formatted(key, KEYS));
              }
            });
    Optional<Class<? extends SpecificRecord>> value = value();
    TopicSetting topic =
        new TopicSetting(
            name,
            value.orElse(SpecificRecord.class),
            text("key"),
            text("owner"),
            readers(),
            positive("partitions"),
            oneOf("cleanup", CLEANUPS),
            retention(),
            oneOf("compatibility", COMPATIBILITIES),
            positive("maxMessageBytes"));
    return faults.size() == faultsBefore ? Optional.of(topic) : Optional.empty();
  }

  private Optional<Class<? extends SpecificRecord>> value() {
    String record = text("value");
    try {
      Class<?> type = Class.forName("io.millrace.event." + record);
      return Optional.of(type.asSubclass(SpecificRecord.class));
    } catch (ClassNotFoundException | ClassCastException unknown) {
      fault("value '%s' is not a record of schemas/".formatted(record));
      return Optional.empty();
    }
  }

  private List<String> readers() {
    List<String> readers = new ArrayList<>();
    setting("readers").forEach(reader -> readers.add(reader.asText()));
    if (readers.isEmpty()) {
      fault("readers is missing: say who reads it");
    }
    return readers;
  }

  private Duration retention() {
    String text = text("retention");
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException wrong) {
      fault("retention '%s' is not a duration like P14D or PT12H".formatted(text));
      return Duration.ZERO;
    }
  }

  private int positive(String key) {
    int number = setting(key).asInt();
    if (number <= 0) {
      fault("%s must be a number above 0".formatted(key));
    }
    return number;
  }

  private String oneOf(String key, Set<String> allowed) {
    String text = text(key);
    if (!allowed.contains(text)) {
      fault("%s '%s' must be one of %s".formatted(key, text, allowed));
    }
    return text;
  }

  private String text(String key) {
    String text = setting(key).asText();
    if (text.isBlank()) {
      fault(key + " is missing");
    }
    return text;
  }

  private JsonNode setting(String key) {
    return entry.has(key) ? entry.path(key) : defaults.path(key);
  }

  private void fault(String what) {
    faults.add("topic %s: %s".formatted(name, what));
  }
}

package io.millrace.kafka;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The topics as {@code topology/topics.yaml} declares them, in its order. */
public final class TopicSettings {
  private static final Set<String> SECTIONS = Set.of("defaults", "topics");

  private final Map<String, TopicSetting> topics;

  private TopicSettings(Map<String, TopicSetting> topics) {
    this.topics = topics;
  }

  /**
   * Reads and checks the file.
   *
   * @throws InvalidTopicSettingsException with every fault that was found
   */
  public static TopicSettings load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException failure) {
      throw new InvalidTopicSettingsException(
          file.toString(), List.of("it cannot be read: " + failure.getMessage()));
    }
  }

  static TopicSettings parse(String file, String yaml) {
    List<String> faults = new ArrayList<>();
    Map<String, TopicSetting> topics = new LinkedHashMap<>();
    JsonNode root = read(file, yaml);
    root.fieldNames()
        .forEachRemaining(
            name -> {
              if (!SECTIONS.contains(name)) {
                faults.add("'%s' is not known here: use defaults and topics".formatted(name));
              }
            });
    JsonNode defaults = root.path("defaults");
    for (Map.Entry<String, JsonNode> entry : root.path("topics").properties()) {
      TopicSettingReader reader =
          new TopicSettingReader(entry.getKey(), entry.getValue(), defaults, faults);
      reader.read().ifPresent(topic -> topics.put(topic.name(), topic));
    }
    if (topics.isEmpty() && faults.isEmpty()) {
      faults.add("it declares no topics");
    }
    Map<String, Integer> partitions = new HashMap<>();
    topics.forEach((name, topic) -> partitions.put(name, topic.partitions()));
    faults.addAll(SharedTasks.faults(partitions));
    if (!faults.isEmpty()) {
      throw new InvalidTopicSettingsException(file, faults);
    }
    return new TopicSettings(topics);
  }

  private static JsonNode read(String file, String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (JacksonException failure) {
      throw new InvalidTopicSettingsException(
          file, List.of("it is not YAML: " + failure.getOriginalMessage()));
    }
  }

  public List<TopicSetting> all() {
    return List.copyOf(topics.values());
  }

  /**
   * The number of partitions of a topic.
   *
   * @throws IllegalArgumentException when it is not declared
   */
  public int partitionsOf(String name) {
    return find(name)
        .map(TopicSetting::partitions)
        .orElseThrow(() -> new IllegalArgumentException("There is no topic " + name));
  }

  public Optional<TopicSetting> find(String name) {
    return Optional.ofNullable(topics.get(name));
  }
}

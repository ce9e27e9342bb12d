package io.millrace.kafka.provision;

import io.millrace.kafka.streams.SharedTasks;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.Section;
import io.millrace.yaml.YamlFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The topics as {@code topology/topics.yaml} declares them, in its order. */
public final class TopicSettings {
  private final Map<String, TopicSetting> topics;

  private TopicSettings(Map<String, TopicSetting> topics) {
    this.topics = topics;
  }

  /**
   * Reads and checks the file.
   *
   * @throws InvalidFileException with all faults
   */
  public static TopicSettings load(Path file) {
    return YamlFile.read(file, TopicSettings::read);
  }

  static TopicSettings read(Section file) {
    Map<String, TopicSetting> topics = new LinkedHashMap<>();
    Map<String, Integer> partitions = new HashMap<>();
    Optional<Section> defaults = file.section("defaults");
    Optional<Section> declared =
        file.require("topics", "{record-events: {value: Event, ...}}").section("topics");
    for (String name : declared.map(Section::keys).orElse(List.of())) {
      declared
          .flatMap(all -> all.section(name))
          .flatMap(each -> new TopicSettingReader(name, each, defaults).read())
          .ifPresent(topic -> topics.put(name, topic));
    }
    if (declared.filter(all -> all.keys().isEmpty()).isPresent()) {
      file.fault("topics", "it declares no topics", "declare those of the flow");
    }
    topics.forEach((name, topic) -> partitions.put(name, topic.partitions()));
    SharedTasks.faults(partitions)
        .forEach(fault -> file.fault("topics", fault, "give them the same number"));
    RolesInputs.faults(topics)
        .forEach(fault -> file.fault("topics", fault, "keep the first at least as long"));
    return new TopicSettings(topics);
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

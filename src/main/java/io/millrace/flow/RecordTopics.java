package io.millrace.flow;

import io.millrace.kafka.provision.TopicSetting;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.Topic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The topics with the current state of records. {@code topology/topics.yaml} declares them: a topic
 * whose value type is {@code Crm} followed by a record type, such as {@code CrmLead}, contains the
 * records of that type.
 *
 * @param byType in the order of topics.yaml
 */
public record RecordTopics(Map<String, Topic<?>> byType) {
  private static final String PREFIX = "Crm";

  public RecordTopics {
    byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
  }

  /**
   * The record topics among all that are declared.
   *
   * @throws IllegalArgumentException if two of them have the same record type
   */
  public static RecordTopics of(TopicSettings settings) {
    Map<String, Topic<?>> byType = new LinkedHashMap<>();
    for (TopicSetting setting : settings.all()) {
      if (isOfRecords(setting)) {
        Topic<?> before = byType.put(recordType(setting), topic(setting));
        if (before != null) {
          throw new IllegalArgumentException(
              "topics.yaml: %s and %s both hold %s; declare one topic per record type"
                  .formatted(before.name(), setting.name(), setting.value().getSimpleName()));
        }
      }
    }
    return new RecordTopics(byType);
  }

  /** Whether a topic contains the current state of records. */
  public static boolean isOfRecords(TopicSetting setting) {
    String value = setting.value().getSimpleName();
    return value.startsWith(PREFIX) && value.length() > PREFIX.length();
  }

  /** {@code CrmSupportCase} holds records of the type {@code support_case}. */
  private static String recordType(TopicSetting setting) {
    String words = setting.value().getSimpleName().substring(PREFIX.length());
    return words.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Topic<?> topic(TopicSetting setting) {
    return new Topic<>(setting.name(), setting.value());
  }
}

package io.millrace.flow;

import io.millrace.kafka.provision.TopicSetting;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.Topic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The topics that hold the present state of records. {@code topology/topics.yaml} declares them: a
 * topic whose values are called {@code Crm} and a type of record, such as {@code CrmLead}, holds
 * the records of that type.
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
   * @throws IllegalArgumentException if two of them are for the same type of record
   */
  public static RecordTopics of(TopicSettings settings) {
    Map<String, Topic<?>> byType = new LinkedHashMap<>();
    for (TopicSetting setting : settings.all()) {
      if (isOfRecords(setting)) {
        Topic<?> before = byType.put(recordType(setting), topic(setting));
        if (before != null) {
          throw new IllegalArgumentException(
              "topics.yaml: %s and %s both hold %s; one topic holds the records of a type"
                  .formatted(before.name(), setting.name(), setting.value().getSimpleName()));
        }
      }
    }
    return new RecordTopics(byType);
  }

  /** Whether a topic holds the present state of records. */
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

package io.millrace.kafka.provision;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that the topics between the roles keep their records as long as deliveries are kept: a
 * role that was down must find everything that has been delivered to it meanwhile. Records are
 * stamped with the arrival of their delivery, so equal retentions expire together.
 */
final class RolesInputs {
  private static final String DELIVERIES = "deliveries-received";

  /**
   * What a role reads that another role, or the role itself, writes, except what is compacted; a
   * test compares them.
   */
  static final List<String> TOPICS =
      List.of(
          "record-events",
          "engagement-events",
          "identifier-sightings",
          "identity-links",
          "person-messages",
          "records-merged",
          "record-histories",
          "erase-records",
          "erase-people",
          "erasure-requests",
          "signals-detected",
          "account-messages");

  private RolesInputs() {}

  /** A sentence for each topic whose retention is too short; missing topics are not compared. */
  static List<String> faults(Map<String, TopicSetting> topics) {
    return Optional.ofNullable(topics.get(DELIVERIES)).stream()
        .flatMap(
            deliveries ->
                TOPICS.stream()
                    .flatMap(name -> Optional.ofNullable(topics.get(name)).stream())
                    .filter(topic -> topic.retention().compareTo(deliveries.retention()) < 0)
                    .map(topic -> fault(topic, deliveries)))
        .toList();
  }

  private static String fault(TopicSetting topic, TopicSetting deliveries) {
    return "the topic %s is kept for %s and %s for %s: a role that is down for longer would lose events"
        .formatted(topic.name(), topic.retention(), DELIVERIES, deliveries.retention());
  }
}

package io.millrace.kafka.provision;

import io.millrace.kafka.read.ClusterAnswers;
import io.millrace.kafka.streams.SharedTasks;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.kafka.topic.RegistrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics and schemas on a cluster, as declared in topology/. Idempotent, and safe for
 * several processes at once.
 */
public final class Provisioning {
  private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaSettings kafka;
  private final RegistrySettings registry;
  private final ClusterAnswers answers;

  public Provisioning(KafkaSettings kafka, RegistrySettings registry) {
    this.kafka = kafka;
    this.registry = registry;
    this.answers = new ClusterAnswers(PATIENCE, why -> refused(kafka, why));
  }

  /**
   * Creates missing topics, updates the settings of the others, and registers their schemas.
   *
   * @param replicationFactor of the topics that are created; -1 for the cluster's default
   * @throws ProvisioningException when the cluster or the registry cannot be reached, a topic has
   *     another number of partitions, or a schema is not compatible
   */
  public void provision(TopicSettings topics, short replicationFactor) {
    provisionTopics(topics, replicationFactor);
    registerSchemas(topics);
  }

  private void provisionTopics(TopicSettings topics, short replicationFactor) {
    Map<String, Object> properties =
        kafka.with(Map.of("default.api.timeout.ms", (int) PATIENCE.toMillis()));
    try (Admin admin = Admin.create(properties)) {
      Set<String> existing = answers.await(admin.listTopics().names());
      List<TopicSetting> known =
          topics.all().stream().filter(topic -> existing.contains(topic.name())).toList();
      checkPartitions(admin, known);
      alignConfigs(admin, known);
      List<TopicSetting> missing =
          topics.all().stream().filter(topic -> !existing.contains(topic.name())).toList();
      create(admin, missing, replicationFactor);
    }
  }

  /** Registers schemas only, for a cluster whose topics are provisioned elsewhere. */
  public void registerSchemas(TopicSettings topics) {
    RegistryClient client = new RegistryClient(registry);
    for (TopicSetting topic : topics.all()) {
      client.demand(topic.subject(), topic.compatibility());
      client.register(topic.subject(), topic.schema());
    }
  }

  /**
   * Asks the registry whether the schemas may follow those it has; changes nothing.
   *
   * @return the incompatibilities, a line for each subject; empty if there are none
   */
  public List<String> checkSchemas(TopicSettings topics) {
    RegistryClient client = new RegistryClient(registry);
    return topics.all().stream()
        .flatMap(topic -> client.check(topic.subject(), topic.schema()).stream())
        .toList();
  }

  private void create(Admin admin, List<TopicSetting> missing, short replicationFactor) {
    List<NewTopic> wanted =
        missing.stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), topic.partitions(), replicationFactor)
                        .configs(topic.config()))
            .toList();
    for (Map.Entry<String, KafkaFuture<Void>> created :
        admin.createTopics(wanted).values().entrySet()) {
      try {
        answers.await(created.getValue());
        LOG.info("Created topic {}", created.getKey());
      } catch (ProvisioningException failure) {
        if (!(failure.getCause() instanceof TopicExistsException)) {
          throw failure;
        }
      }
    }
  }

  private void checkPartitions(Admin admin, List<TopicSetting> known) {
    Map<String, TopicDescription> found =
        answers.await(admin.describeTopics(names(known)).allTopicNames());
    Map<String, Integer> partitions = new HashMap<>();
    found.forEach((name, description) -> partitions.put(name, description.partitions().size()));
    List<String> faults = partitionFaults(known, partitions);
    if (!faults.isEmpty()) {
      throw new ProvisioningException(String.join("; ", faults));
    }
  }

  /**
   * Faults in the numbers of partitions that topics have on a cluster.
   *
   * @param known the declared settings of the existing topics
   * @param partitions the number each has on the cluster
   */
  static List<String> partitionFaults(List<TopicSetting> known, Map<String, Integer> partitions) {
    List<String> faults = new ArrayList<>();
    for (TopicSetting topic : known) {
      int there = partitions.getOrDefault(topic.name(), topic.partitions());
      if (there != topic.partitions()) {
        faults.add(
            ("topic %s has %d partitions, topology/topics.yaml says %d: a change would move keys"
                    + " to other partitions and break their order. Correct the file, or move the"
                    + " data to a new topic (docs/capacity.md)")
                .formatted(topic.name(), there, topic.partitions()));
      }
    }
    // No file could match such a cluster, so it must follow the same rule.
    SharedTasks.faults(partitions)
        .forEach(
            fault -> faults.add("on the cluster " + fault + ": recreate them (docs/capacity.md)"));
    return faults;
  }

  private void alignConfigs(Admin admin, List<TopicSetting> known) {
    Map<ConfigResource, Collection<AlterConfigOp>> wanted = new HashMap<>();
    for (TopicSetting topic : known) {
      List<AlterConfigOp> operations =
          topic.config().entrySet().stream()
              .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
              .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
              .toList();
      wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), operations);
    }
    answers.await(admin.incrementalAlterConfigs(wanted).all());
  }

  private static List<String> names(List<TopicSetting> topics) {
    return topics.stream().map(TopicSetting::name).toList();
  }

  private static String refused(KafkaSettings kafka, String why) {
    return ("the Kafka cluster at %s refused or did not answer a request (%s): check that it"
            + " runs, that the address is right, and this client's permissions")
        .formatted(kafka.bootstrapServers(), why);
  }
}

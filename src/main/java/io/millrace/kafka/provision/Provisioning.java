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
 * Brings a cluster to what the files under topology say: topics and schemas. Doing it again changes
 * nothing, and several processes may do it at once.
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
   * Creates the topics that are missing, brings the settings of the others in line, and registers
   * their schemas.
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

  /** Schemas alone, for a registry that serves a cluster somebody else provisions. */
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
   * @return what is in the way, a line for each subject; empty if nothing is
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
   * What is wrong with the numbers of partitions that topics have on a cluster.
   *
   * @param known what the file says of the topics that are there
   * @param partitions how many each has on the cluster
   */
  static List<String> partitionFaults(List<TopicSetting> known, Map<String, Integer> partitions) {
    List<String> faults = new ArrayList<>();
    for (TopicSetting topic : known) {
      int there = partitions.getOrDefault(topic.name(), topic.partitions());
      if (there != topic.partitions()) {
        faults.add(
            ("topic %s has %d partitions, topology/topics.yaml says %d: keys would change their"
                    + " partition and their order, so correct the file or move the data to a new"
                    + " topic (docs/capacity.md)")
                .formatted(topic.name(), there, topic.partitions()));
      }
    }
    // The file cannot be made to agree with such a cluster: it is held to the same.
    SharedTasks.faults(partitions)
        .forEach(
            fault -> faults.add("on the cluster " + fault + ": make them anew (docs/capacity.md)"));
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
    return ("the Kafka cluster at %s did not do what it was asked (%s): check that it runs, that"
            + " the address is right, and what this client may do")
        .formatted(kafka.bootstrapServers(), why);
  }
}

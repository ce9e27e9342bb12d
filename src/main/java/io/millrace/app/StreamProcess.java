package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.completeness.CommittedFlow;
import io.millrace.completeness.RoleFlow;
import io.millrace.completeness.RoleFlows;
import io.millrace.config.Config;
import io.millrace.console.ReadinessCheck;
import io.millrace.file.OwnerOnly;
import io.millrace.flow.FlowRules;
import io.millrace.flow.FlowSources;
import io.millrace.flow.HoldingStep;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.StoreInstances;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentifierIds;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.read.KafkaTopicReader;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.read.TopicWriter;
import io.millrace.kafka.streams.CaughtUpConsumers;
import io.millrace.kafka.streams.StateDirectoryException;
import io.millrace.kafka.streams.StoreMemory;
import io.millrace.kafka.streams.StoreMetrics;
import io.millrace.kafka.streams.StreamSettings;
import io.millrace.kafka.streams.StreamsRunner;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.normalize.NormalizeRules;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.Topology;

/** The flow: the roles of this process, each a separate Kafka Streams application. */
public final class StreamProcess implements AutoCloseable {
  /** A process with this role publishes the marks of all roles: one is enough, two do no harm. */
  private static final String MARKING_ROLE = "records";

  /** Roles with steps in which events wait. */
  private static final Set<String> WAITING_ROLES = Set.of("records", "engagement");

  /** Roles with steps that make ids of people and accounts. */
  private static final Set<String> NAMING_ROLES = Set.of("normalize", "engagement");

  private final Started started = new Started();
  private final List<StreamsRunner> roles = new ArrayList<>();

  private StreamProcess() {}

  /**
   * Starts every role; they are running once {@link #isRunning()} returns true.
   *
   * @throws CommandException when a file under topology is not valid, or the state directory cannot
   *     be used
   */
  public static StreamProcess start(Config config, MeterRegistry registry) {
    StreamProcess process = new StreamProcess();
    try {
      process.startAll(config, registry);
      return process;
    } catch (StateDirectoryException unusable) {
      process.close();
      throw CommandException.unreachable(unusable.getMessage());
    } catch (RuntimeException failure) {
      process.close();
      throw failure;
    }
  }

  private void startAll(Config config, MeterRegistry registry) {
    RegistrySerdes serdes = started.add(new RegistrySerdes(config.registry()));
    CaughtUpConsumers consumers = new CaughtUpConsumers();
    LiveSources sources = started.add(sources(config, registry));
    MillraceTopology topology =
        topology(config, sources, serdes, consumers, new FlowMetrics(registry), ids(config));
    StreamSettings settings = config.stream().settings().withMemory(enoughMemory(config, topology));
    new StoreMetrics().bindTo(registry);
    closeToOthers(settings.stateDirectory());
    for (String role : config.stream().roles()) {
      start(role, config.kafka(), settings, topology, consumers, registry);
    }
    // Kafka Streams opens it to the group when it prepares its stores.
    closeToOthers(settings.stateDirectory());
    if (config.stream().roles().stream().anyMatch(WAITING_ROLES::contains)) {
      started.add(
          NormalizeProgress.watching(
              config.kafka(),
              config.stream().settings().prefix(),
              consumers::currentTimeMs,
              consumers::normalizedThrough));
    }
    if (config.stream().roles().contains(MARKING_ROLE)) {
      started.add(marks(config, topology, serdes, registry));
      started.add(DeadLetterAge.watching(config.kafka(), Clock.systemUTC(), registry));
      started.add(
          CrowdedPartition.watching(
              config.kafka(), config.stream().settings().prefix(), sources::known, registry));
    }
  }

  /** The state is personal data, as the topics are. */
  private static void closeToOthers(Path stateDirectory) {
    try {
      OwnerOnly.folder(stateDirectory);
    } catch (IOException failure) {
      throw CommandException.unreachable(
          ("The state directory %s cannot be created or belongs to another user (%s); choose"
                  + " another with stream.state.directory")
              .formatted(stateDirectory, failure));
    }
  }

  /**
   * The memory that the stores share, for the largest possible number of stores: any process may
   * become the only one, and then works on all partitions.
   *
   * @throws CommandException when it is too small
   */
  private static StoreMemory enoughMemory(Config config, MillraceTopology topology) {
    TopicSettings topics = TopicSettings.load(config.topology().topics());
    long instances =
        config.stream().roles().stream()
            .mapToLong(role -> StoreInstances.of(topologyOf(role, topology), topics::partitionsOf))
            .sum();
    StoreMemory memory = config.stream().settings().stateMemory().sharedBy(Math.max(1, instances));
    memory
        .tooLittle()
        .ifPresent(
            fault -> {
              throw CommandException.usage(fault);
            });
    return memory;
  }

  private void start(
      String role,
      KafkaSettings kafka,
      StreamSettings settings,
      MillraceTopology topology,
      CaughtUpConsumers consumers,
      MeterRegistry registry) {
    StreamsRunner runner =
        new StreamsRunner(role, topologyOf(role, topology), kafka, settings, consumers);
    roles.add(runner);
    runner.bindTo(registry);
    runner.start();
  }

  private static FlowMarks marks(
      Config config, MillraceTopology topology, RegistrySerdes serdes, MeterRegistry registry) {
    SequencedMap<String, Topology> topologies = new LinkedHashMap<>();
    Config.ROLES.forEach(role -> topologies.put(role, topologyOf(role, topology)));
    List<RoleFlow> roles =
        RoleFlows.of(topologies, HoldingStep.all(), Topics.DELIVERIES_RECEIVED.name());
    TopicReader reader = new KafkaTopicReader(config.kafka(), serdes);
    return new FlowMarks(
        roles,
        new CommittedFlow(config.kafka(), config.stream().settings().prefix(), reader),
        new TopicWriter<>(
            config.kafka(), serdes, Topics.COMPLETENESS_MARKS, "millrace-completeness-marks"),
        registry,
        Clock.systemUTC());
  }

  /** The topology of a role, by a name that the setting stream.roles allows. */
  static Topology topologyOf(String role, MillraceTopology topology) {
    return switch (role) {
      case "normalize" -> topology.normalize();
      case "records" -> topology.records();
      case "engagement" -> topology.engagement();
      case "identity" -> topology.identity();
      case "accounts" -> topology.accounts();
      default -> throw new IllegalArgumentException("There is no role " + role);
    };
  }

  /**
   * The flow as declared in topology/.
   *
   * @throws CommandException when one of them is not valid
   */
  public static MillraceTopology topology(
      Config config,
      LiveSources sources,
      RegistrySerdes serdes,
      CaughtUp caughtUp,
      FlowMetrics metrics,
      IdentifierIds ids) {
    try {
      FlowRules rules = FlowRules.load(config.topology().topics(), config.topology().rules());
      NormalizeRules normalizing = new NormalizeRules(rules.fields(), rules.identity(), ids);
      FlowSources known = FlowSources.live(sources::whenNeeding, sources.known(), normalizing);
      return new MillraceTopology(
          serdes, known, known, rules, caughtUp, metrics, StoreKind.ROCKSDB);
    } catch (InvalidFileException | IllegalArgumentException | UncheckedIOException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  /** A process needs the key only if it makes ids. */
  private static IdentifierIds ids(Config config) {
    return config.stream().roles().stream().anyMatch(NAMING_ROLES::contains)
        ? IdentityKey.ids(config)
        : NormalizeRules.none().ids();
  }

  /**
   * The sources, watched for changes.
   *
   * @throws CommandException when one of them is not valid
   */
  public static LiveSources sources(Config config, MeterRegistry registry) {
    try {
      return new LiveSources(config.topology(), registry, Clock.systemUTC());
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  /** Whether every role is processing its partitions. */
  public boolean isRunning() {
    return roles.stream().allMatch(StreamsRunner::isRunning);
  }

  public ReadinessCheck readiness() {
    return ReadinessCheck.of(
        this::isRunning,
        "A role of the flow is starting or rebalancing, or has failed; see the" + " log");
  }

  /** Stops the roles in parallel: while Kafka is unavailable, each waits for it until a timeout. */
  @Override
  public void close() {
    try (ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
      roles.forEach(role -> stopping.execute(role::close));
    }
    started.close();
  }
}

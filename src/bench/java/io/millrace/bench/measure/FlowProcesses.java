package io.millrace.bench.measure;

import io.millrace.bench.reference.Applications;
import io.millrace.bench.reference.Applications.Input;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.BenchServer;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processes of the flow: {@code millrace stream}, as in production, on the cluster of the run. */
final class FlowProcesses {
  static final List<String> ROLES =
      List.of("normalize", "records", "engagement", "identity", "accounts");
  private static final String PREFIX = "bench";

  private static final Map<String, List<Topic<?>>> INPUTS =
      Map.of(
          "normalize", List.of(Topics.DELIVERIES_RECEIVED),
          "records", Topics.ofRecordTasks(),
          "engagement", Topics.ofEngagementTasks(),
          "identity", Topics.ofIdentityTasks(),
          "accounts", Topics.ofAccountTasks());

  private final BenchCluster cluster;
  private final BenchDirectory directory;
  private final String mainClass;
  private final Path sources;

  /**
   * @param mainClass the program, which has the command stream
   */
  FlowProcesses(BenchCluster cluster, BenchDirectory directory, String mainClass, Path sources) {
    this.cluster = cluster;
    this.directory = directory;
    this.mainClass = mainClass;
    this.sources = sources;
  }

  /** The inputs of roles, in the order of the flow. */
  static List<Input> inputs(String... roles) {
    return Stream.of(roles)
        .flatMap(
            role ->
                INPUTS.getOrDefault(role, List.of()).stream()
                    .map(topic -> new Input(PREFIX + "-" + role, topic.name())))
        .toList();
  }

  private Path identityKey() {
    try {
      // Nobody but this benchmark reads these ids.
      return Files.writeString(directory.file("identity-key"), "0123456789abcdef".repeat(4));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write the key of the benchmark", failure);
    }
  }

  /**
   * Starts one process.
   *
   * @param instance distinguishes it from others with the same roles, and names its state directory
   */
  void start(Applications applications, String instance, String... roles) {
    int console = BenchServer.freePort();
    Map<String, String> settings =
        Map.of(
            "identity.key", "file:" + identityKey(),
            "kafka.bootstrap.servers", cluster.endpoints().bootstrapServers(),
            "registry.url", cluster.endpoints().confluentUrl(),
            "connect.url", cluster.endpoints().connectUrl(),
            // Nothing leaves Kafka here: the sinks are not measured.
            "connect.connectors", directory.folder("no-connectors").toString(),
            "stream.application.prefix", PREFIX,
            "stream.instance", instance,
            "stream.state.directory", directory.file("state-" + instance).toString(),
            "console.port", Integer.toString(console));
    List<String> arguments = new ArrayList<>(List.of("stream", "--roles"));
    arguments.add(String.join(",", roles));
    arguments.addAll(List.of("--sources", sources.toString()));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    String log = Stream.of(roles).collect(Collectors.joining("-", "", "-" + instance + ".log"));
    applications.add(
        directory.start(mainClass, arguments, log),
        URI.create("http://127.0.0.1:" + console + "/metrics"));
  }
}

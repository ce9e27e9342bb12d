package io.millrace.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Delivery;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.FlowCluster.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** One story told to a running flow on a broker, and what readers saw of it. */
final class FlowRun implements AutoCloseable {
  static final List<String> ROLES = List.of("normalize", "records", "engagement");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final FlowCluster cluster;
  private final Path directory;
  private final String name;
  private final String groupProtocol;
  private final FlowStory story;
  private final ObservedTopics observed;
  private final Map<String, Faults> faults = new HashMap<>();
  private final List<FlowProcess> processes = new ArrayList<>();
  private int sent;

  /**
   * @param name of the scenario; the applications are named after it
   */
  FlowRun(FlowCluster cluster, Path directory, String name, String groupProtocol, FlowStory story)
      throws Exception {
    cluster.reset();
    this.cluster = cluster;
    this.directory = directory;
    this.name = name + "-" + groupProtocol;
    this.groupProtocol = groupProtocol;
    this.story = story;
    this.observed = new ObservedTopics(cluster);
    ROLES.forEach(role -> faults.put(role, new Faults()));
  }

  /** Starts an instance of every role, each role an application of its own. */
  void startAll(String instance) {
    ROLES.forEach(role -> start(role, instance));
  }

  FlowProcess start(String role, String instance) {
    FlowProcess started =
        new FlowProcess(
                cluster.kafka(),
                role,
                FlowProcess.settings(name, instance, state(instance), groupProtocol),
                story::normalize,
                TestRules.impatient(),
                faults(role).topology())
            .start();
    processes.add(started);
    return started;
  }

  /** Stops all instances there are so far, as on a deployment. */
  void stopAll() {
    close(processes);
  }

  /** Stops the first instances of all roles, those that started before the others. */
  void stopFirst() {
    List<FlowProcess> first = processes.subList(0, ROLES.size());
    close(new ArrayList<>(first));
    first.clear();
  }

  boolean isRunning() {
    return processes.stream().allMatch(FlowProcess::isRunning);
  }

  double waiting() {
    return processes.stream().mapToDouble(FlowProcess::waiting).sum();
  }

  String name() {
    return name;
  }

  String groupProtocol() {
    return groupProtocol;
  }

  /** Where an instance keeps its stores. */
  Path state(String instance) {
    return directory.resolve(name).resolve(instance);
  }

  /** Deletes all that an instance has on disk. */
  void wipe(String instance) throws IOException {
    try (Stream<Path> files = Files.walk(state(instance))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** To be called before the role is started. */
  void use(String role, Faults given) {
    faults.put(role, given);
  }

  Faults faults(String role) {
    return faults.computeIfAbsent(role, added -> new Faults());
  }

  ObservedTopics observed() {
    return observed;
  }

  /** Sends the next part of the story, as a share of all of it. */
  void tell(double upTo) throws Exception {
    List<Sent<Delivery>> all = story.deliveries();
    int end = (int) Math.round(all.size() * upTo);
    cluster.send(Topics.DELIVERIES_RECEIVED, all.subList(sent, end));
    sent = end;
  }

  /** Waits until so much of the whole story has its outcome. */
  void untilDone(double share) {
    FlowCluster.until(
        "%s: %.0f %% of all events have their outcome".formatted(name, share * 100),
        PATIENCE,
        () -> {
          observed.look();
          assertThat(FlowAccount.outcomes(observed))
              .isGreaterThanOrEqualTo((long) (story.parts() * share));
        });
  }

  /** Waits until nothing is left to do. */
  void settle() {
    // Each death costs a rebalance, and what was read since the last commit.
    int faultsToCome = faults.values().stream().mapToInt(all -> all.outstanding().size()).sum();
    FlowCluster.until(
        name + ": every event has its outcome and nothing waits",
        PATIENCE.plusSeconds(5L * faultsToCome),
        () -> {
          observed.look();
          assertThat(FlowAccount.outcomes(observed))
              .as(
                  "outcomes; %d events of records, %d of people, %.0f waiting, %d faults left",
                  observed.records(Topics.RECORD_EVENTS).size(),
                  observed.records(Topics.ENGAGEMENT_EVENTS).size(),
                  waiting(),
                  faults.values().stream().mapToInt(all -> all.outstanding().size()).sum())
              .isGreaterThanOrEqualTo(story.parts());
          // Between two threads nobody counts what waits; each admitted event is in one batch.
          assertThat(FlowAccount.batched(observed)).isEqualTo(FlowAccount.engaged(observed));
          assertThat(waiting()).isZero();
        });
  }

  /** Stops everything, and compares what readers saw with a run nothing has happened to. */
  void verify() {
    close(processes);
    observed.lookAtAll();
    FlowAccount.verify(name, story, observed);
    assertThat(FlowOutcome.of(observed)).as(name).isEqualTo(FlowOutcome.undisturbed(observed));
  }

  private static void close(List<FlowProcess> processes) {
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      processes.forEach(process -> closing.execute(process::close));
    }
    processes.clear();
  }

  @Override
  public void close() {
    close(processes);
    observed.close();
  }
}

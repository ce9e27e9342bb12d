package io.millrace.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.Faults.Place;
import io.millrace.flow.testing.Faults.Point;
import io.millrace.flow.testing.FlowCluster.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What may happen to a running flow; after each of them readers see what they should. */
public final class FlowScenarios {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FlowCluster cluster;
  private final Path directory;
  private final String groupProtocol;
  private final long seed;
  private final int size;
  private final Random random;

  public FlowScenarios(
      FlowCluster cluster, Path directory, String groupProtocol, long seed, int size) {
    this.cluster = cluster;
    this.directory = directory;
    this.groupProtocol = groupProtocol;
    this.seed = seed;
    this.size = size;
    this.random = new Random(seed);
  }

  /** Every step fails once in the middle of a transaction. */
  public void everyStepFails() throws Exception {
    FlowStory story = FlowStory.of(seed, size);
    try (FlowRun run = run("step", story)) {
      for (String role : FlowRun.ROLES) {
        FaultPlan.of(role, story).oneForEachStep(run.faults(role), random);
      }
      failAndSettle(run);
    }
  }

  /** Every point of every step fails, so many times. */
  public void everythingFails(int times) throws Exception {
    FlowStory story = FlowStory.of(seed, size);
    try (FlowRun run = run("everything", story)) {
      for (String role : FlowRun.ROLES) {
        FaultPlan.of(role, story).everywhere(times, run.faults(role), random);
      }
      failAndSettle(run);
    }
  }

  private void failAndSettle(FlowRun run) throws Exception {
    run.startAll("1");
    run.tell(1);
    run.settle();

    for (String role : FlowRun.ROLES) {
      assertThat(run.faults(role).outstanding()).as("%s faults left", role).isEmpty();
    }
    run.verify();
  }

  /** A process is killed in the middle of a transaction, others take over, and one leaves. */
  public void instancesComeAndGo() throws Exception {
    FlowStory story = FlowStory.of(seed, size);
    List<String> nodes = List.copyOf(FaultPlan.of("records", story).nodes());
    Place place = new Place(nodes.get(random.nextInt(nodes.size())), Point.AFTER);
    try (FlowRun run = run("moving", story);
        FlowChild child = FlowChild.start(cluster.kafka(), run, "1", story, place, 3)) {
      run.tell(0.5);
      assertThat(child.hasDied(PATIENCE)).as("killed at %s", place).isTrue();
      run.startAll("2");
      run.untilDone(0.2);
      run.startAll("3");
      run.tell(0.8);
      run.untilDone(0.6);
      run.stopFirst();
      run.tell(1);
      run.settle();

      run.verify();
    }
  }

  /** A process that was killed in the middle of a transaction comes back under its own name. */
  public void aKilledProcessContinuesAtOnce() throws Exception {
    FlowStory story = FlowStory.of(seed, size);
    try (FlowRun run = run("killed", story)) {
      run.startAll("1");
      run.tell(0.5);
      run.untilDone(0.4);
      run.stopAll();
      try (OpenTransactions left = OpenTransactions.of(cluster, run.name())) {
        assertThat(left.offsets()).as("what the open transactions would commit").isNotEmpty();
        run.startAll("1");
        run.tell(1);
        run.settle();
      }

      run.verify();
    }
  }

  /** An instance comes back with nothing in its state directory. */
  public void stateIsWiped() throws Exception {
    FlowStory story = FlowStory.of(seed, size);
    try (FlowRun run = run("wiped", story)) {
      run.startAll("1");
      run.tell(0.5);
      run.untilDone(0.4);
      run.stopAll();
      run.wipe("1");
      run.startAll("1");
      run.tell(1);
      run.settle();

      run.verify();
    }
  }

  /**
   * A role is down while its input grows; what an event waits for lies at the very end of it. What
   * lies between are duplicates, which take their time and never get as far as the step that waits.
   */
  public void aBacklogIsReadFirst() throws Exception {
    int duplicates = 60;
    Faults slow = new Faults((place, time) -> LockSupport.parkNanos(50_000_000));
    for (int time = 1; time <= duplicates; time++) {
      slow.plan(new Place(MillraceTopology.DROP_RECORD_DUPLICATES, Point.AFTER), time);
    }
    try (FlowRun run = run("backlog", FlowStory.of(seed, 0))) {
      run.use("records", slow);
      List<Sent<Event>> backlog = new ArrayList<>();
      Instant arrival = Instant.now().minus(Duration.ofHours(3));
      backlog.add(late("lead.updated", "last", arrival));
      for (int index = 0; index < duplicates; index++) {
        backlog.add(late("lead.updated", "last", arrival.plusMillis(index)));
      }
      backlog.add(late("lead.created", "first", arrival.plusMillis(duplicates)));
      cluster.send(Topics.RECORD_EVENTS, backlog);
      run.start("records", "1");

      FlowCluster.until(
          "the backlog is read",
          PATIENCE,
          () -> {
            run.observed().look();
            assertThat(FlowAccount.outcomes(run.observed())).isEqualTo(backlog.size());
          });
      assertThat(run.observed().values(Topics.EVENTS_ORDERED))
          .as("the update goes on after its creation, and not as an orphan")
          .hasSize(2)
          .allMatch(event -> !event.getMetadata().getOrphan())
          .extracting(Event::getEventId)
          .containsExactly("first", "last");
    }
  }

  private static Sent<Event> late(String type, String id, Instant arrival) {
    long at = id.equals("first") ? 1 : 2;
    return sent(TestEvent.of(type, "lead/L-late").id(id).at(at).build(), arrival);
  }

  /** Nothing more comes to a partition; what is open there is closed all the same. */
  public void idlePartitionsAreClosed() throws Exception {
    try (FlowRun run = run("idle", FlowStory.of(seed, 0))) {
      Instant arrival = Instant.now().minus(Duration.ofHours(3));
      run.start("engagement", "1");
      send(arrival, 0, "quiet");
      FlowCluster.until(
          "the minute of a quiet partition is over while another is busy",
          PATIENCE,
          () -> {
            send(arrival, 1, "busy-" + run.observed().records(Topics.EVENTS_ORDERED).size());
            assertClosed(run, "quiet");
          });
      run.stopAll();

      send(arrival, 2, "away");
      run.start("engagement", "1");
      FlowCluster.until(
          "what came while nobody ran is over too, though nothing follows",
          PATIENCE,
          () -> assertClosed(run, "away"));
    }
  }

  private void send(Instant arrival, int partition, String person) {
    Event event = EngagementEvents.pricingVisit(person, "visit-of-" + person, arrival);
    Sent<Event> sent = new Sent<>(Optional.of(partition), person, event, arrival.toEpochMilli());
    try {
      cluster.send(Topics.ENGAGEMENT_EVENTS, List.of(sent));
    } catch (Exception failure) {
      throw new IllegalStateException("The broker of the test did not take an event", failure);
    }
  }

  private static void assertClosed(FlowRun run, String person) {
    run.observed().look();
    assertThat(run.observed().values(Topics.ENGAGEMENT_BATCHES))
        .extracting(EngagementBatch::getPerson)
        .containsOnlyOnce(person);
  }

  private static Sent<Event> sent(Event event, Instant arrival) {
    Event arrived = EngagementEvents.arrived(event, arrival);
    return new Sent<>(Optional.of(0), FlowAccount.key(arrived), arrived, arrival.toEpochMilli());
  }

  private FlowRun run(String name, FlowStory story) throws Exception {
    return new FlowRun(cluster, directory, name + "-" + seed, groupProtocol, story);
  }
}

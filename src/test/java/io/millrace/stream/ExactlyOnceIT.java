package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.rule.EngagementEvents;
import io.millrace.rule.TestEvent;
import io.millrace.stream.FlowCluster.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The three roles as three applications on a real broker, while things go wrong: whoever reads what
 * is committed sees what an undisturbed run would have written. To repeat a failure run with
 * -Dseed=SEED.
 */
class ExactlyOnceIT {
  private static final int SIZE = 300;

  @TempDir private static Path directory;
  private static FlowCluster cluster;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeAll
  static void start() throws Exception {
    cluster = FlowCluster.start(directory.resolve("broker"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void everyStepMayFailInTheMiddleOfATransaction(String groupProtocol) throws Exception {
    FlowStory story = FlowStory.of(seed, SIZE);
    try (FlowRun run = new FlowRun(cluster, directory, "fault-" + seed, groupProtocol, story)) {
      FlowRun.ROLES.forEach(
          role -> FaultPlan.of(role, story).oneForEachStep(run.faults(role), random));

      run.startAll("1");
      run.tell(1);
      run.settle();

      FlowRun.ROLES.forEach(
          role -> assertThat(run.faults(role).outstanding()).as("seed %d", seed).isEmpty());
      run.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void instancesMayComeAndGo_andDie(String groupProtocol) throws Exception {
    FlowStory story = FlowStory.of(seed, SIZE);
    Faults.Place place = new Faults.Place(MergeRecordState.NAME, Faults.Point.SENT);
    try (FlowRun run = new FlowRun(cluster, directory, "moving-" + seed, groupProtocol, story);
        FlowChild child = FlowChild.start(cluster.kafka(), run, "1", story, place, 40)) {
      run.tell(0.5);
      assertThat(child.hasDied(Duration.ofSeconds(60))).isTrue();
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

  @Test
  void aWipedStateDirectoryForgetsNothing() throws Exception {
    FlowStory story = FlowStory.of(seed, SIZE);
    try (FlowRun run = new FlowRun(cluster, directory, "wiped-" + seed, "classic", story)) {
      run.startAll("1");
      run.tell(0.5);
      run.untilDone(0.4);
      run.stopAll();
      // Another instance has a directory of its own, and nothing in it.
      run.startAll("2");
      run.tell(1);
      run.settle();

      run.verify();
    }
  }
}

package io.millrace.flow;

import io.millrace.flow.testing.FlowCluster;
import io.millrace.flow.testing.FlowScenarios;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The three roles as three applications on a real broker, while things go wrong: whoever reads what
 * is committed sees what an undisturbed run would have written. To repeat a failure run with
 * -Dseed=SEED, which is in the name of every scenario that fails. FlowChaos goes on for longer.
 */
class ExactlyOnceIT {
  private static final int SIZE = 250;

  @TempDir private static Path directory;
  private static FlowCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = FlowCluster.start(directory.resolve("broker"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void everyStepMayFailInTheMiddleOfATransaction() throws Exception {
    scenarios("classic").everyStepFails();
  }

  @Test
  void instancesMayComeAndGo_andDie() throws Exception {
    scenarios("streams").instancesComeAndGo();
  }

  @Test
  void aKilledProcessIsNotWaitedForOnceItIsBack() throws Exception {
    scenarios("classic").aKilledProcessContinuesAtOnce();
  }

  @Test
  void aWipedStateDirectoryForgetsNothing() throws Exception {
    scenarios("classic").stateIsWiped();
  }

  @Test
  void nothingIsReleasedBeforeABacklogIsRead() throws Exception {
    scenarios("streams").aBacklogIsReadFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void idlePartitionsAreClosedToo(String groupProtocol) throws Exception {
    scenarios(groupProtocol).idlePartitionsAreClosed();
  }

  private static FlowScenarios scenarios(String groupProtocol) {
    long seed = Long.getLong("seed", System.nanoTime());
    return new FlowScenarios(cluster, directory, groupProtocol, seed, SIZE);
  }
}

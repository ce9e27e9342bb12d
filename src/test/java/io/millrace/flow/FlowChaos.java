package io.millrace.flow;

import io.millrace.flow.testing.FlowCluster;
import io.millrace.flow.testing.FlowScenarios;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ExactlyOnceIT for hours: every point of every step, kills in a loop, both group protocols. */
class FlowChaos {
  private static final PrintStream OUT = System.out;

  @TempDir private Path directory;

  @Test
  void survivesEverything() throws Exception {
    long first = Long.getLong("seed", System.nanoTime());
    int rounds = Integer.getInteger("chaos.rounds", 3);
    int size = Integer.getInteger("chaos.size", 1_500);
    try (FlowCluster cluster = FlowCluster.start(directory.resolve("broker"))) {
      for (int round = 0; round < rounds; round++) {
        for (String groupProtocol : new String[] {"classic", "streams"}) {
          long seed = first + round;
          long startedAt = System.nanoTime();
          OUT.printf("Round %d of %d, %s, -Dseed=%d%n", round + 1, rounds, groupProtocol, seed);
          all(new FlowScenarios(cluster, directory, groupProtocol, seed, size));
          OUT.printf("  took %d s%n", Duration.ofNanos(System.nanoTime() - startedAt).toSeconds());
        }
      }
    }
  }

  private static void all(FlowScenarios scenarios) throws Exception {
    scenarios.everythingFails(1);
    scenarios.instancesComeAndGo();
    scenarios.stateIsWiped();
    scenarios.aBacklogIsReadFirst();
    scenarios.idlePartitionsAreClosed();
  }
}

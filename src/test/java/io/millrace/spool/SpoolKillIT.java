package io.millrace.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.spool.testing.EdgeChild;
import io.millrace.spool.testing.FakeTopic;
import io.millrace.spool.testing.Senders;
import io.millrace.spool.testing.SpoolFixture;
import io.millrace.testing.Skip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edge as it is run, killed under load while there is no Kafka. */
final class SpoolKillIT {
  private static final int SENDERS = 32;
  private static final int ENOUGH = 500;

  @TempDir private Path folder;
  private final FakeTopic topic = new FakeTopic();

  @Test
  void everythingAnswered2xxArrivesThoughTheEdgeIsKilledTwice() throws Exception {
    try (var senders = new Senders(200)) {
      for (int round = 1; round <= 2; round++) {
        try (var edge = EdgeChild.start(folder)) {
          senders.start(edge.address(), SENDERS);
          int enough = senders.accepted() + ENOUGH;
          await().atMost(Duration.ofSeconds(30)).until(() -> senders.accepted() >= enough);
          edge.kill();
        }
      }
      senders.stop();

      assertThat(senders.refused()).isEmpty();
      assertArrived(senders, drain());
    }
  }

  @Test
  void everythingAnswered2xxArrivesThoughTheDiskRefusesWritesForAWhile() throws Exception {
    try (var senders = new Senders(20_000)) {
      try (var edge = EdgeChild.start(folder)) {
        var address = edge.address();
        Skip.unless(
            edge.limitFiles("2000000"),
            "a disk that refuses writes",
            "this system cannot limit a process's files",
            "install prlimit (util-linux)");
        senders.start(address, 8);
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> !senders.refused().isEmpty() && senders.accepted() > 50);
        assertThat(edge.limitFiles("unlimited")).isTrue();
        int before = senders.accepted();
        await().atMost(Duration.ofSeconds(30)).until(() -> senders.accepted() > before + ENOUGH);
        edge.kill();
      }
      senders.stop();

      assertThat(senders.refused())
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
              });
      assertArrived(senders, drain());
    }
  }

  @Test
  void endsWithoutASecondEdgeOnItsSpool() throws Exception {
    Files.createDirectories(folder.resolve("spool"));
    try (var holder = SpoolFixture.open(folder.resolve("spool"), topic);
        var edge = EdgeChild.start(folder)) {
      assertThat(edge.exitCode()).isEqualTo(3);
      assertThat(edge.said()).contains("in use by another edge", "edge.spool.directory");
      assertThat(holder.log.isReady()).isTrue();
    }
  }

  private List<String> drain() {
    try (var spool = SpoolFixture.open(folder.resolve("spool"), topic)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> spool.metric("waiting") == 0);
      assertThat(spool.metric("quarantined")).isZero();
    }
    return topic.ids();
  }

  private static void assertArrived(Senders senders, List<String> arrived) {
    assertThat(arrived).doesNotHaveDuplicates();
    senders
        .acknowledged()
        .forEach(
            (sender, ids) -> {
              var own = new HashSet<>(ids);
              assertThat(arrived.stream().filter(own::contains))
                  .as("sender %d", sender)
                  .containsExactlyElementsOf(ids);
            });
  }
}

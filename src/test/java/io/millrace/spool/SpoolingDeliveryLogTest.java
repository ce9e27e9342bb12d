package io.millrace.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.event.Delivery;
import io.millrace.spool.testing.FakeTopic;
import io.millrace.spool.testing.SpoolFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolingDeliveryLogTest {
  @TempDir private Path folder;
  private final FakeTopic topic = new FakeTopic();

  @Test
  void passesDeliveriesByTheSpoolWhileAllIsWell() throws Exception {
    try (SpoolFixture edge = open()) {
      edge.appendAll("a", "b");

      assertThat(topic.ids()).containsExactly("a", "b");
      assertThat(edge.metric("spooled")).isZero();
    }
  }

  @Test
  void acknowledgesWhileTheLogIsAwayAndDrainsInOrderOnceItIsBack() throws Exception {
    topic.away();
    try (SpoolFixture edge = open()) {
      edge.appendAll("a", "b", "c");
      assertThat(topic.ids()).isEmpty();
      assertThat(edge.metric("waiting")).isEqualTo(3);
      await().until(() -> edge.metric("oldest.age.seconds") > 0);

      topic.up();
      await().until(() -> edge.metric("waiting") == 0);

      assertThat(topic.ids()).containsExactly("a", "b", "c");
      assertThat(edge.metric("spooled")).isEqualTo(3);
      assertThat(edge.metric("drained")).isEqualTo(3);
      assertThat(edge.metric("bytes")).isZero();
    }
  }

  @Test
  void handsOverExactlyWhatWasReceived() throws Exception {
    Delivery delivery = SpoolFixture.delivery("spooled", "a", 5);
    topic.away();
    try (SpoolFixture edge = open()) {
      edge.log.append(delivery).toCompletableFuture().join();

      topic.up();

      await().untilAsserted(() -> assertThat(topic.stored()).containsExactly(delivery));
    }
  }

  @Test
  void refusesAtOnceForSourcesThatDoNotSpool() {
    topic.away();
    try (SpoolFixture edge = open()) {
      assertThat(edge.append("plain", "a")).isCompletedExceptionally();
      assertThat(edge.metric("waiting")).isZero();
    }
  }

  @Test
  void queuesNewDeliveriesBehindThoseThatWaitAndLeavesOtherSourcesAlone() throws Exception {
    topic.away();
    try (SpoolFixture edge = open()) {
      edge.appendAll("a");
      // The drainer is at work, but gets no answer.
      topic.stall();
      await().until(() -> topic.open() == 1);
      edge.appendAll("b");
      assertThat(edge.append("plain", "p")).isNotDone();
      assertThat(edge.metric("waiting")).isEqualTo(2);

      topic.up();

      await().untilAsserted(() -> assertThat(topic.ids()).containsExactly("a", "p", "b"));
      await().until(() -> edge.metric("waiting") == 0);
      edge.appendAll("c");
      assertThat(topic.ids()).containsExactly("a", "p", "b", "c");
      assertThat(edge.metric("spooled")).isEqualTo(2);
    }
  }

  @Test
  void spoolsWhatTheLogIsSlowToAcknowledge() throws Exception {
    topic.stall();
    try (SpoolFixture edge = open()) {
      edge.appendAll("a");

      assertThat(topic.ids()).isEmpty();
      assertThat(edge.metric("waiting")).isEqualTo(1);
    }
  }

  @Test
  void dropsTheSpooledCopyOfWhatSucceedsLateAfterAll() throws Exception {
    topic.stall();
    try (SpoolFixture edge = open()) {
      edge.appendAll("a", "b");

      topic.up();
      await().until(() -> edge.metric("waiting") == 0);

      assertThat(topic.ids()).containsExactly("a", "b");
    }
  }

  @Test
  void sendsWhatFailedLateFromTheSpool() throws Exception {
    topic.stall();
    try (SpoolFixture edge = open()) {
      edge.appendAll("a", "b");
      topic.away();
      edge.appendAll("c");

      topic.up();

      await().untilAsserted(() -> assertThat(topic.ids()).containsExactly("a", "b", "c"));
    }
  }

  @Test
  void refusesWhatIsBeyondTheLimit() throws Exception {
    topic.away();
    try (SpoolFixture edge = SpoolFixture.open(folder, topic, 800)) {
      edge.appendAll("a", "b");

      assertThatThrownBy(() -> edge.append("c").join())
          .isInstanceOf(CompletionException.class)
          .hasRootCauseInstanceOf(SpoolException.class)
          .hasMessageContaining("is full (edge.spool.limit is 800 bytes)");
      assertThat(edge.metric("refused")).isEqualTo(1);

      topic.up();
      await().until(() -> edge.metric("waiting") == 0);
      topic.away();
      edge.appendAll("d");
      topic.up();
      await().untilAsserted(() -> assertThat(topic.ids()).containsExactly("a", "b", "d"));
    }
  }

  @Test
  void waitsForTheLogWhenTheSpoolIsFull() {
    topic.stall();
    try (SpoolFixture edge = SpoolFixture.open(folder, topic, 1)) {
      var appended = edge.append("a");
      await().until(() -> edge.metric("refused") == 1);
      assertThat(appended).isNotDone();

      topic.up();

      assertThat(appended).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void keepsWhatWasAcknowledgedThroughACrash() throws Exception {
    topic.away();
    SpoolFixture first = open();
    first.appendAll("a", "b");
    Path left = first.crash(folder.resolve("after"), false);

    try (SpoolFixture second = SpoolFixture.open(left, topic)) {
      assertThat(second.metric("waiting")).isEqualTo(2);
      second.appendAll("c");
      topic.up();

      await().untilAsserted(() -> assertThat(topic.ids()).containsExactly("a", "b", "c"));
    }
  }

  @Test
  void drainsWhileItClosesAndKeepsTheRest() throws Exception {
    topic.away();
    SpoolFixture first = open();
    first.appendAll("a", "b");
    topic.up();
    first.close();
    assertThat(topic.ids()).containsExactly("a", "b");

    topic.away();
    SpoolFixture second = open();
    second.appendAll("c");
    second.close();
    topic.up();

    try (SpoolFixture third = open()) {
      await().untilAsserted(() -> assertThat(topic.ids()).containsExactly("a", "b", "c"));
      assertThat(third.metric("spooled")).isZero();
    }
  }

  @Test
  void setsAsideWhatTheLogNeverTakesAndTriesItAgainAtTheNextStart() throws Exception {
    topic.refuse("b");
    topic.away();
    try (SpoolFixture edge = open()) {
      edge.appendAll("a", "b", "c");
      topic.up();
      await().untilAsserted(() -> assertThat(topic.ids()).containsExactly("a", "c"));

      // Whether b or Kafka is at fault is seen by what comes after b.
      for (int number = 0; edge.metric("aside") == 0 && number < 1_000; number++) {
        edge.appendAll("more" + number);
        int sent = number;
        await().until(() -> topic.ids().contains("more" + sent));
      }

      assertThat(edge.metric("set.aside")).isEqualTo(1);
      await().until(() -> edge.metric("waiting") == 0);
    }
    try (SpoolFixture edge = open()) {
      assertThat(edge.metric("waiting")).isEqualTo(1);
      assertThat(edge.metric("aside")).isZero();
    }
  }

  @Test
  void isReadyWhileItHasRoom() throws Exception {
    topic.away();
    try (SpoolFixture edge = SpoolFixture.open(folder, topic, 64 * 1024 + 500)) {
      edge.appendAll("a");
      assertThat(edge.log.isReady()).isTrue();

      edge.appendAll("b");
      assertThat(edge.log.isReady()).isFalse();
      topic.up();
      assertThat(edge.log.isReady()).isTrue();
    }
  }

  @Test
  void letsNobodyElseHaveItsFolder() {
    try (SpoolFixture edge = open()) {
      assertThat(edge.log.isReady()).isTrue();
      assertThatThrownBy(this::open)
          .isInstanceOf(SpoolException.class)
          .hasMessageContaining("in use by another edge")
          .hasMessageContaining("edge.spool.directory");
    }
  }

  @Test
  void keepsItsFolderFromOtherUsers() throws Exception {
    Path spool = folder.resolve("of/its/own");
    try (SpoolFixture edge = SpoolFixture.open(spool, topic)) {
      assertThat(edge.log.isReady()).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void gatherManyDeliveriesInOneSync() throws Exception {
    topic.away();
    try (SpoolFixture edge = open()) {
      var appended = IntStream.range(0, 5_000).mapToObj(n -> edge.append("n" + n)).toList();
      for (var each : appended) {
        each.get(20, TimeUnit.SECONDS);
      }
      topic.up();

      await().until(() -> edge.metric("waiting") == 0);
      assertThat(topic.ids())
          .containsExactlyElementsOf(IntStream.range(0, 5_000).mapToObj(n -> "n" + n).toList());
    }
  }

  private SpoolFixture open() {
    return SpoolFixture.open(folder.resolve("spool"), topic);
  }
}

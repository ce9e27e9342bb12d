package io.millrace.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.spool.testing.FakeTopic;
import io.millrace.spool.testing.SpoolFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random outages, crashes and restarts against the simplest model there is: a list of what was
 * acknowledged. Each source sends one delivery after the other.
 */
final class SpoolModelTest {
  private static final int STEPS = 60;
  private static final List<String> SOURCES = List.of("spooled-a", "spooled-b", "plain");

  @TempDir private Path folder;
  private final FakeTopic topic = new FakeTopic();
  private final Map<String, List<String>> acknowledged = new TreeMap<>();
  private final Set<String> sent = new HashSet<>();
  private int starts;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyAcknowledgedDeliveryArrivesInOrder(long seed) throws Exception {
    var random = new Random(seed);
    var edge = SpoolFixture.open(folder.resolve("0"), topic);
    for (int step = 0; step < STEPS; step++) {
      int choice = random.nextInt(20);
      if (choice < 11) {
        send(edge);
      } else if (choice < 14) {
        topic.up();
      } else if (choice < 16) {
        topic.away();
      } else if (choice < 18) {
        topic.stall();
      } else {
        edge = restart(edge, random);
      }
    }
    topic.up();
    try (var last = edge) {
      await().atMost(Duration.ofSeconds(30)).until(() -> last.metric("waiting") == 0);
    }

    assertThat(sent).containsAll(topic.ids());
    var arrived = new LinkedHashSet<>(topic.ids());
    acknowledged.forEach(
        (source, ids) ->
            assertThat(arrived.stream().filter(ids::contains))
                .as("%s with seed %d", source, seed)
                .containsExactlyElementsOf(ids));
  }

  /**
   * One delivery of each source at once; an edge that gets no answer in time says no. Only the
   * topic can leave a delivery without an answer; the spool gets the time that a slow disk takes.
   */
  private void send(SpoolFixture edge) throws InterruptedException {
    Map<String, CompletableFuture<Void>> answers = new TreeMap<>();
    for (String source : SOURCES) {
      String id = source + "/" + sent.size();
      sent.add(id);
      answers.put(id, edge.append(source, id));
    }
    for (var answer : answers.entrySet()) {
      long millis = answer.getKey().startsWith("plain/") ? 100 : 30_000;
      try {
        answer.getValue().get(millis, TimeUnit.MILLISECONDS);
        String source = answer.getKey().split("/", -1)[0];
        acknowledged.computeIfAbsent(source, none -> new ArrayList<>()).add(answer.getKey());
      } catch (ExecutionException | TimeoutException refused) {
        assertThat(answer.getKey()).as("the spool takes what is its own").startsWith("plain/");
      }
    }
  }

  private SpoolFixture restart(SpoolFixture edge, Random random) {
    starts++;
    if (random.nextBoolean()) {
      edge.close();
      return SpoolFixture.open(edge.directory(), topic);
    }
    return SpoolFixture.open(
        edge.crash(folder.resolve(String.valueOf(starts)), random.nextBoolean()), topic);
  }
}

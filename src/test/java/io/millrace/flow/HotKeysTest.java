package io.millrace.flow;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.Signal;
import io.millrace.event.UsageCount;
import io.millrace.flow.naive.NaiveEngagement;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.TestRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * A campaign that everybody answers at once, and one contact that does thousands of things. With
 * {@code -Dhot.scale=1} a campaign of 50,000 events and a contact with 10,000.
 */
final class HotKeysTest {
  private static final int SCALE = Integer.getInteger("hot.scale", 10);
  private static final int CAMPAIGN = 50_000 / SCALE;
  private static final int HOT = 10_000 / SCALE;
  private static final String ANN = "ann@example.com";

  /** More than this, an event must never cost, whoever it is of. */
  private static final long MOST_BYTES = 2_000;

  @Test
  void countsEveryEventOfACampaignOfManyPeople() {
    try (EngagementFlow flow = flow(NOON)) {
      for (int i = 0; i < CAMPAIGN; i++) {
        flow.arrive(opened("p" + i, i));
      }
      pass(flow, Duration.ofMinutes(3));

      List<EngagementBatch> batches = flow.batches();
      assertThat(batches).extracting(EngagementBatch::getEvents).containsOnly(1L);
      assertThat(batches)
          .extracting(EngagementBatch::getPerson)
          .hasSize(CAMPAIGN)
          .doesNotHaveDuplicates();
      assertThat(flow.values(Topics.LEAD_SCORES)).hasSize(CAMPAIGN);
      assertThat(flow.values(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  @Test
  void countsEveryEventOfACampaignOfFewPeople() {
    try (EngagementFlow flow = flow(NOON)) {
      for (int i = 0; i < CAMPAIGN; i++) {
        flow.arrive(opened("p" + i % 20, i));
      }
      pass(flow, Duration.ofMinutes(3));

      Map<String, Long> sums = new TreeMap<>();
      flow.batches().forEach(batch -> sums.merge(batch.getPerson(), batch.getEvents(), Long::sum));
      assertThat(sums)
          .hasSize(20)
          .allSatisfy((person, sum) -> assertThat(sum).isEqualTo(CAMPAIGN / 20));
    }
  }

  @Test
  void keepsTrackOfAHotContactInWhateverOrder() {
    long seed = Long.getLong("seed", new Random().nextLong());
    List<Event> events =
        new ArrayList<>(IntStream.range(0, HOT).mapToObj(HotKeysTest::hot).toList());
    EngagementConvergenceTest.Outcome expected = NaiveEngagement.of(events, EngagementFlow.RULES);
    Collections.shuffle(events, new Random(seed));

    long bytes = 0;
    List<Signal> signals = new ArrayList<>();
    List<UsageCount> usage = new ArrayList<>();
    List<EngagementBatch> batches = new ArrayList<>();
    List<LeadScore> scores = new ArrayList<>();
    try (EngagementFlow flow = flow(NOON.plus(Duration.ofDays(3)))) {
      for (Event event : events) {
        flow.arrive(event);
      }
      pass(flow, Duration.ofMinutes(2));
      signals.addAll(flow.signals());
      usage.addAll(flow.values(Topics.USAGE_COUNTED));
      batches.addAll(flow.batches());
      scores.addAll(flow.values(Topics.LEAD_SCORES));
      bytes += flow.bytesWritten().values().stream().mapToLong(Long::longValue).sum();
    }

    assertThat(standing(signals)).as("-Dseed=%d", seed).isEqualTo(expected.standingSignals());
    assertThat(counted(usage)).as("-Dseed=%d", seed).isEqualTo(expected.usage());
    assertThat(batches.stream().mapToLong(EngagementBatch::getEvents).sum()).isEqualTo(HOT);
    assertThat(EngagementConvergenceTest.bytes(scores.getLast()))
        .isEqualTo(expected.scores().get(ANN));
    assertThat(bytes / HOT).isLessThan(MOST_BYTES);
  }

  /** On disk: the stores in memory copy what they are to look through. */
  private static EngagementFlow flow(Instant start) {
    return new EngagementFlow(start, TestRules.real(), StoreKind.ROCKSDB);
  }

  private static Map<String, String> standing(List<Signal> announced) {
    Map<String, Signal> standing = new TreeMap<>();
    announced.forEach(
        signal ->
            standing.put(
                signal.getSignalId(), Signal.newBuilder(signal).setStatus("DETECTED").build()));
    return bytes(standing);
  }

  private static Map<String, String> counted(List<UsageCount> announced) {
    Map<String, UsageCount> standing = new TreeMap<>();
    announced.forEach(
        said ->
            standing.put(
                said.getUsageId(), UsageCount.newBuilder(said).setStatus("DETECTED").build()));
    return bytes(standing);
  }

  private static <V extends SpecificRecord> Map<String, String> bytes(Map<String, V> values) {
    Map<String, String> bytes = new TreeMap<>();
    values.forEach((id, value) -> bytes.put(id, EngagementConvergenceTest.bytes(value)));
    return bytes;
  }

  private static void pass(EngagementFlow flow, Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      flow.pass(Duration.ofSeconds(1));
    }
  }

  private static Event opened(String person, int number) {
    return event(person, "e" + number, "email.opened", NOON.plusMillis(number), Map.of());
  }

  /** Over two and a half days, half of it visits to the pricing page. */
  private static Event hot(int number) {
    String type = number % 2 == 0 ? "page.viewed" : "product.feature_used";
    return event(
        ANN, "e" + number, type, NOON.plusSeconds(number * 21L), Map.of("path", "/pricing"));
  }
}

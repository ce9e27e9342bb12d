package io.millrace.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkTrackerTest {
  private static final int ROUNDS = 300;
  private static final int STEPS = 600;
  private static final List<RoleFlow> ROLES =
      List.of(SimulatedFlow.NORMALIZE, SimulatedFlow.RECORDS);

  @Test
  void nothingEverComesToTopicFromBeforeItsMark() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    int marks = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String story = "seed %d, round %d".formatted(seed, round);
      Map<String, TopicMark> told = new HashMap<>();
      SimulatedFlow flow =
          new SimulatedFlow(
              random,
              (topic, arrival) ->
                  assertThat(arrival)
                      .as("%s: %s on %s", story, arrival, topic)
                      .isAfterOrEqualTo(
                          Optional.ofNullable(told.get(topic))
                              .map(TopicMark::until)
                              .orElse(arrival)));
      MarkTracker tracker = tracker(flow, told, story);
      for (int step = 0; step < STEPS; step++) {
        flow.step();
        if (random.nextInt(4) == 0) {
          tracker.look();
        }
      }
      marks += told.size();
    }
    assertThat(marks).as("seed %d: marks are told at all", seed).isGreaterThan(ROUNDS * 3);
  }

  @Test
  void comesUpToTheEdgesOnceAllIsDone() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Map<String, TopicMark> told = new HashMap<>();
    SimulatedFlow flow = new SimulatedFlow(new Random(seed), (topic, arrival) -> {});
    MarkTracker tracker = tracker(flow, told, "seed " + seed);
    for (int step = 0; step < STEPS; step++) {
      flow.step();
      tracker.look();
    }
    flow.drain();
    Instant last = flow.now();
    for (int step = 0; step < STEPS; step++) {
      flow.step();
      tracker.look();
    }
    assertThat(told.keySet())
        .containsExactlyInAnyOrder("deliveries", "events", "duplicates", "ordered", "merged");
    told.forEach(
        (topic, mark) ->
            assertThat(mark.until()).as("seed %d: %s", seed, topic).isAfterOrEqualTo(last));
  }

  @Test
  void saysWhichRoleHoldsMarksBack() {
    Map<String, TopicMark> told = new HashMap<>();
    StandingFlow flow = new StandingFlow();
    MarkTracker tracker = tracker(flow, told, "standing");

    for (int look = 0; look < 2 * MarkTracker.LOOKS_UNTIL_STUCK; look++) {
      tracker.look();
    }
    assertThat(told).containsOnlyKeys("deliveries");

    flow.left = 0;
    tracker.look();
    tracker.look();
    assertThat(told.get("ordered")).isEqualTo(new TopicMark(StandingFlow.EDGE, "edge e1"));

    flow.left = 7;
    for (int look = 0; look < 2 * MarkTracker.LOOKS_UNTIL_STUCK; look++) {
      tracker.look();
    }
    assertThat(told.get("events"))
        .isEqualTo(new TopicMark(StandingFlow.EDGE, "role normalize has 7 records to read"));
  }

  @Test
  void neverFallsBehindWhatWasToldBefore() {
    Map<String, TopicMark> told = new HashMap<>();
    TopicMark before = new TopicMark(StandingFlow.EDGE.plusSeconds(60), "edge e2");
    StandingFlow flow = new StandingFlow();
    flow.left = 0;
    MarkTracker tracker =
        new MarkTracker("deliveries", ROLES, flow, told::put, Map.of("events", before));

    tracker.look();
    tracker.look();

    assertThat(told).containsKey("ordered").doesNotContainKey("events");
  }

  private static MarkTracker tracker(FlowProgress flow, Map<String, TopicMark> told, String story) {
    return new MarkTracker(
        "deliveries",
        ROLES,
        flow,
        (topic, mark) -> {
          TopicMark before = told.getOrDefault(topic, mark);
          assertThat(mark.until())
              .as("%s: %s never goes back", story, topic)
              .isAfterOrEqualTo(before.until());
          told.put(topic, mark);
        },
        Map.of());
  }

  /** A flow in which nothing moves. */
  private static final class StandingFlow implements FlowProgress {
    static final Instant EDGE = Instant.parse("2026-03-02T12:00:00Z");
    private long left = 1;

    @Override
    public Map<String, Instant> edges() {
      return Map.of("e1", EDGE, "e2", EDGE.plusSeconds(1));
    }

    @Override
    public EndOffsets ends(String topic) {
      return new EndOffsets(topic, Map.of(0, 10L));
    }

    @Override
    public long left(String role, EndOffsets ends) {
      return role.equals("normalize") ? left : 0;
    }

    @Override
    public boolean isCommitted(EndOffsets ends) {
      return true;
    }

    @Override
    public Optional<Instant> oldest(RoleFlow.Held held) {
      return Optional.empty();
    }
  }
}

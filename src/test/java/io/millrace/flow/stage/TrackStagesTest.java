package io.millrace.flow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.StageChange;
import io.millrace.flow.RecordHandlers;
import io.millrace.flow.naive.AnnouncedStages;
import io.millrace.flow.naive.NaiveStages;
import io.millrace.flow.naive.RandomStages;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestLifecycles;
import io.millrace.flow.testing.TestRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackStagesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FlowMetrics metrics = new FlowMetrics(registry);
  private final RecordsFlow flow =
      new RecordsFlow(RecordHandlers.registered(TestRules.real(), metrics));

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void reportsADealOnItsWay() {
    flow.arrive(deal("deal.created", 1).data("stage", "qualifiedtobuy"));
    flow.arrive(deal("deal.stage_changed", 2).data("stage", "contractsent"));
    flow.arrive(deal("deal.won", 3));
    flow.pass(Duration.ofSeconds(2));

    List<TestRecord<String, StageChange>> changes = flow.read(Topics.STAGES_CHANGED);
    assertThat(changes)
        .extracting(change -> said(change.value()))
        .containsExactly(
            "DETECTED INITIAL null > qualified-to-buy",
            "DETECTED SKIPPED qualified-to-buy > contract-sent",
            "DETECTED ALLOWED contract-sent > closed-won");
    assertThat(changes.get(1).key()).isEqualTo("deal/D-1");
    assertThat(changes.get(0).timestamp()).isEqualTo(RecordsFlow.START.toEpochMilli());
    assertThat(changes.get(1).value().getSkipped())
        .containsExactly("presentation-scheduled", "decision-maker-bought-in");
    assertThat(changes.get(2).value().getOutcome()).contains("won");
  }

  @Test
  void eventThatComesLateCorrectsWhatWasSaid() {
    flow.arrive(deal("deal.created", 1).data("stage", "appointmentscheduled"));
    flow.arrive(deal("deal.stage_changed", 30).id("later").data("stage", "presentationscheduled"));
    flow.pass(Duration.ofSeconds(2));
    flow.read(Topics.STAGES_CHANGED);

    flow.arrive(deal("deal.stage_changed", 20).id("late").data("stage", "qualifiedtobuy"));

    assertThat(flow.lateIds()).containsExactly("late");
    assertThat(flow.read(Topics.STAGES_CHANGED))
        .extracting(change -> said(change.value()))
        .containsExactly(
            "DETECTED ALLOWED appointment-scheduled > qualified-to-buy",
            "CORRECTED ALLOWED qualified-to-buy > presentation-scheduled");
  }

  @Test
  void reportsAMoveThatIsNotAllowedAndAdmitsItAllTheSame() {
    flow.arrive(deal("deal.created", 1).data("stage", "appointmentscheduled"));
    flow.arrive(deal("deal.lost", 2));
    flow.arrive(deal("deal.won", 3));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.orderedIds()).containsExactly("deal.created", "deal.lost", "deal.won");
    assertThat(
            registry
                .get("millrace.stages.changed")
                .tags("lifecycle", "deal", "verdict", "NOT_ALLOWED", "status", "DETECTED")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void saysNothingOfRecordsWithoutALifecycle() {
    flow.arrive(TestEvent.of("ticket.created", "ticket/T-1").data("status", "new"));

    assertThat(flow.orderedIds()).hasSize(1);
    assertThat(flow.read(Topics.STAGES_CHANGED)).isEmpty();
    assertThat(flow.remembered(TrackStages.HISTORY, "ticket/T-1")).isEmpty();
  }

  @Test
  void eventThatChangesNothingIsNotEvenRemembered() {
    flow.arrive(deal("deal.created", 1).data("stage", "appointmentscheduled"));
    flow.arrive(deal("deal.updated", 2).data("name", "Rollout"));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.remembered(TrackStages.HISTORY, "deal/D-1").orElseThrow().getMarks())
        .hasSize(1);
  }

  @Test
  void whatStandsIsThatOfTheNaiveModelBehindTheWholeFlow(@TempDir Path directory) {
    var small = TestLifecycles.read(directory, TestLifecycles.SMALL);
    var seed = Long.getLong("seed", new Random().nextLong());
    var random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      var drafts = RandomStages.drafts(random, 30);
      var events = drafts.stream().map(TestEvent::build).toList();
      var arrivals = new ArrayList<>(drafts);
      drafts.stream().filter(draft -> random.nextInt(4) == 0).forEach(arrivals::add);
      Collections.shuffle(arrivals, random);
      var standing = new AnnouncedStages();
      var handlers = new RecordHandlers(List.of(new TrackStages(small, metrics)));
      try (var whole = new RecordsFlow(handlers)) {
        for (var arrival : arrivals) {
          whole.arrive(arrival);
          whole.pass(Duration.ofMillis(random.nextInt(1_500)));
        }
        whole.pass(Duration.ofMinutes(6));
        whole.read(Topics.STAGES_CHANGED).forEach(change -> standing.apply(change.value()));
      }

      assertThat(standing.changes())
          .as("-Dseed=%d, round %d", seed, round)
          .isEqualTo(NaiveStages.standing(events));
    }
  }

  private static TestEvent deal(String type, long at) {
    return TestEvent.of(type, "deal/D-1").at(at);
  }

  private static String said(StageChange change) {
    return "%s %s %s > %s"
        .formatted(
            change.getStatus(),
            change.getVerdict(),
            change.getFromStage().orElse("null"),
            change.getToStage().orElse("null"));
  }
}

package io.millrace.stream;

import static io.millrace.rule.EngagementEvents.NOON;
import static io.millrace.rule.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.EngagementBatch;
import io.millrace.event.WaitingEvent;
import io.millrace.rule.ContextRule;
import io.millrace.rule.ContextRules;
import io.millrace.rule.InvalidRulesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AwaitContextTest {
  private static final String ANN = "ann@example.com";
  private static final ContextRules IDENTIFIED_FIRST =
      new ContextRules(
          List.of(
              new ContextRule(
                  "known-person",
                  List.of("email.*", "product.*"),
                  List.of("person.identified"),
                  Duration.ofSeconds(30))));

  @Test
  void goesOnAtOnceWithoutARule() {
    try (EngagementFlow flow = flow(TestRules.real().context())) {
      arrive(flow, ANN, "e1", "email.opened", 0);

      assertThat(ordered(flow)).containsExactly("e1");
      assertThat(flow.bytesWritten().keySet())
          .as("nothing is remembered")
          .noneMatch(topic -> topic.contains("known-people") || topic.contains("waiting"));
    }
  }

  @Test
  void waitsUntilThePersonIsIdentified() {
    try (EngagementFlow flow = flow(IDENTIFIED_FIRST)) {
      arrive(flow, ANN, "second", "email.opened", 2);
      arrive(flow, ANN, "first", "product.opened", 1);
      arrive(flow, "ann@example.co", "other", "email.opened", 0);
      arrive(flow, ANN, "page", "page.viewed", 3);
      assertThat(ordered(flow)).as("pages wait for nobody").containsExactly("page");

      arrive(flow, ANN, "who", "person.identified", 4);
      arrive(flow, ANN, "third", "email.opened", 5);

      assertThat(ordered(flow)).containsExactly("who", "first", "second", "third");
      flow.pass(Duration.ofMinutes(1));
      assertThat(ordered(flow)).containsExactly("other (orphan)");
      assertThat(flow.waitingEvents()).isZero();
    }
  }

  @Test
  void goesOnAsAnOrphanWhenTheTimeIsOver() {
    try (EngagementFlow flow = flow(IDENTIFIED_FIRST)) {
      arrive(flow, ANN, "e1", "email.opened", 0);
      flow.pass(Duration.ofSeconds(29));
      assertThat(ordered(flow)).isEmpty();
      assertThat(flow.waitingEvents()).isEqualTo(1);

      flow.pass(Duration.ofSeconds(1));

      assertThat(ordered(flow)).containsExactly("e1 (orphan)");
      flow.pass(Duration.ofMinutes(2));
      assertThat(flow.batches()).extracting(EngagementBatch::getEvents).containsExactly(1L);
      assertThat(flow.store(AwaitContext.KNOWN).all()).isExhausted();
      assertThat(flow.store(WaitingEngagement.EVENTS).all()).isExhausted();
    }
  }

  @Test
  void doesNotExpireWhatABacklogStillAnswers() {
    try (EngagementFlow flow = flow(IDENTIFIED_FIRST)) {
      flow.caughtUp(false);
      flow.arriveAt(NOON, event(ANN, "e1", "email.opened", NOON, Map.of()));
      flow.pass(Duration.ofHours(1));
      assertThat(ordered(flow)).isEmpty();

      Instant later = NOON.plusSeconds(20);
      flow.arriveAt(later, event(ANN, "who", "person.identified", later, Map.of()));

      assertThat(ordered(flow)).containsExactly("who", "e1");
    }
  }

  @Test
  void holdsNoMoreThanItsBoundOfOnePerson() {
    try (EngagementFlow flow = flow(IDENTIFIED_FIRST)) {
      for (int i = 0; i <= AwaitContext.MOST_OF_ONE; i++) {
        flow.arrive(event(ANN, "e" + i, "email.opened", NOON.plusMillis(i), Map.of()));
      }

      assertThat(ordered(flow)).containsExactly("e1000 (orphan)");
      arrive(flow, ANN, "who", "person.identified", 0);
      assertThat(ordered(flow)).hasSize(1_001).startsWith("who", "e0", "e1").endsWith("e999");
    }
  }

  @Test
  void letsGoWhatARuleHeldThatIsNoMore() {
    try (EngagementFlow flow = flow(TestRules.real().context())) {
      WaitingEngagement room =
          new WaitingEngagement(
              flow.<WaitingEvent>store(WaitingEngagement.EVENTS),
              flow.store(WaitingEngagement.DUE));
      room.hold(
          "gone/3:ann/",
          event(ANN, "held", "email.opened", NOON, Map.of()),
          NOON.plusSeconds(5).toEpochMilli());

      flow.pass(Duration.ofSeconds(5));

      assertThat(ordered(flow)).containsExactly("held (orphan)");
    }
  }

  @Test
  void tellsEveryFaultOfTheFile(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("context.yaml"),
        """
        contexts:
          - {context: one, events: [Email Opened], needs: [], wait: P3D}
          - {context: one, events: [a.b], needs: [c.d], wait: soon, then: go}
        """);

    assertThatThrownBy(() -> ContextRules.load(directory))
        .isInstanceOfSatisfying(
            InvalidRulesException.class,
            invalid ->
                assertThat(invalid.faults())
                    .hasSize(6)
                    .anyMatch(fault -> fault.contains("contexts[1].then: is not known here"))
                    .anyMatch(fault -> fault.contains("contexts[0].wait: PT72H is too long"))
                    .anyMatch(fault -> fault.contains("context 'one' is declared twice")));
  }

  private static EngagementFlow flow(ContextRules context) {
    return new EngagementFlow(NOON, TestRules.with(context), StoreKind.IN_MEMORY);
  }

  private static void arrive(
      EngagementFlow flow, String person, String id, String type, int second) {
    flow.arrive(event(person, id, type, NOON.plusSeconds(second), Map.of()));
  }

  private static List<String> ordered(EngagementFlow flow) {
    return flow.values(Topics.EVENTS_ORDERED).stream()
        .map(event -> event.getEventId() + (event.getMetadata().getOrphan() ? " (orphan)" : ""))
        .toList();
  }
}

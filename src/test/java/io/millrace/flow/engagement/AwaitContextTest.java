package io.millrace.flow.engagement;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.PersonHistory;
import io.millrace.event.PersonMessage;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.StoreWalk;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.MapStore;
import io.millrace.flow.testing.TestRules;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
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

  /** The gauge belongs to all tasks of a partition in the process, the bound to one. */
  @Test
  void holdsNoMoreThanItsBoundThoughAnEarlierTaskClosesLater() {
    MapStore<WaitingEvent> events = new MapStore<>(WaitingEngagement.EVENTS);
    WaitingEngagement before = new WaitingEngagement(events);
    for (int i = 0; i < AwaitContext.MOST_IN_ALL - 1; i++) {
      String person = "p" + i;
      before.hold(
          place(person),
          event(person, "e", "email.opened", NOON, Map.of()),
          NOON.plusSeconds(60).toEpochMilli());
    }
    FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
    AwaitContext earlier = step(metrics);
    earlier.init(contextOf(new MapStore<>(WaitingEngagement.EVENTS)));
    AwaitContext step = step(metrics);
    MockProcessorContext<String, Object> context = contextOf(events);
    step.init(context);
    earlier.close();

    for (String person : List.of("ann", "bob")) {
      Event opened = event(person, "opened", "email.opened", NOON, Map.of());
      step.process(new Record<>(person, new PersonInput.Arrived(opened), NOON.toEpochMilli()));
    }

    assertThat(context.forwarded())
        .singleElement()
        .satisfies(forward -> assertThat(forward.record().key()).isEqualTo("bob"));
    assertThat(metrics.waiting(AwaitContext.NAME, 0)).hasValue(AwaitContext.MOST_IN_ALL);
  }

  @Test
  void sendsOnWhatWaitsOfAnIdentifierThatLeaves() {
    MapStore<WaitingEvent> events = new MapStore<>(WaitingEngagement.EVENTS);
    MockProcessorContext<String, Object> context = contextOf(events);
    AwaitContext step = started(context);
    step.process(
        arrived(ANN, event("cookie", "e2", "email.opened", NOON.plusSeconds(2), Map.of())));
    step.process(arrived(ANN, event("cookie", "e1", "email.opened", NOON, Map.of())));
    for (int other = 0; other < 500; other++) {
      String identifier = "cookie" + other;
      step.process(arrived(ANN, event(identifier, "o", "email.opened", NOON, Map.of())));
    }
    assertThat(context.forwarded()).isEmpty();

    long read = events.rowsRead();
    PersonInput.Departure departure = new PersonInput.Departure("cookie", "bob", 5);
    step.process(new Record<>(ANN, departure, NOON.toEpochMilli()));

    assertThat(events.rowsRead() - read).as("only its own rows").isLessThan(10);
    assertThat(sent(context))
        .extracting(
            message -> message.key(),
            message -> message.value().getIdentifier(),
            message -> message.value().getNumber(),
            message -> message.value().getEvent().orElseThrow().getEventId())
        .containsExactly(tuple("bob", "cookie", 5L, "e1"), tuple("bob", "cookie", 5L, "e2"));
    assertThat(context.forwarded().getLast().record().value()).isEqualTo(departure);
    assertThat(events.rows()).hasSize(500);
    assertThat(
            context.<KeyValueStore<String, Long>>getStateStore(AwaitContext.KNOWN).get(place(ANN)))
        .isEqualTo(500);
  }

  @Test
  void takesAlongThatThePersonIsKnown() {
    MockProcessorContext<String, Object> context =
        contextOf(new MapStore<>(WaitingEngagement.EVENTS));
    AwaitContext step = started(context);
    step.process(arrived(ANN, event(ANN, "who", "person.identified", NOON, Map.of())));
    step.process(
        new Record<>(ANN, new PersonInput.Departure("cookie", "bob", 5), NOON.toEpochMilli()));
    PersonHistory history = sent(context).getFirst().value().getHistory().orElseThrow();
    assertThat(history.getKnownFor()).containsExactly("known-person");
    step.process(
        arrived("bob", event("phone", "e2", "email.opened", NOON.plusSeconds(1), Map.of())));
    step.process(arrived("bob", event("bob", "e1", "email.opened", NOON, Map.of())));
    context.resetForwards();

    PersonInput.Joining joining = new PersonInput.Joining("cookie", history);
    step.process(new Record<>("bob", joining, NOON.toEpochMilli()));
    step.process(arrived("bob", event("phone", "e3", "email.opened", NOON, Map.of())));

    assertThat(context.forwarded())
        .allSatisfy(forward -> assertThat(forward.record().key()).isEqualTo("bob"));
    assertThat(context.forwarded())
        .extracting(
            forward ->
                forward.record().value() instanceof PersonInput.Arrived arrived
                    ? arrived.event().getEventId()
                    : forward.record().value())
        .containsExactly("e1", "e2", joining, "e3");
  }

  @Test
  void sendsOnWhatARuleHeldThatIsNoMore() {
    MapStore<WaitingEvent> events = new MapStore<>(WaitingEngagement.EVENTS);
    new WaitingEngagement(events)
        .hold("gone/3:ann/", event("cookie", "e", "email.opened", NOON, Map.of()), Long.MAX_VALUE);
    MockProcessorContext<String, Object> context = contextOf(events);
    AwaitContext step = started(context);

    step.process(
        new Record<>("ann", new PersonInput.Departure("cookie", "bob", 5), NOON.toEpochMilli()));

    assertThat(sent(context)).hasSize(1);
    assertThat(events.rows()).isEmpty();
  }

  @Test
  void releasesToThePersonWhatWaitedInVain() {
    MockProcessorContext<String, Object> context =
        contextOf(new MapStore<>(WaitingEngagement.EVENTS));
    AwaitContext step = started(context);
    step.process(arrived("an n", event("cookie", "e1", "email.opened", NOON, Map.of())));

    releaseAt(context, NOON.plusSeconds(40));

    assertThat(context.forwarded())
        .singleElement()
        .satisfies(forward -> assertThat(forward.record().key()).isEqualTo("an n"));
  }

  private static AwaitContext started(MockProcessorContext<String, Object> context) {
    AwaitContext step = step(new FlowMetrics(new SimpleMeterRegistry()));
    step.init(context);
    return step;
  }

  private static String place(String person) {
    return "known-person/%d:%s/".formatted(person.length(), person);
  }

  private static Record<String, PersonInput> arrived(String person, Event event) {
    return new Record<>(person, new PersonInput.Arrived(event), NOON.toEpochMilli());
  }

  private static List<Record<String, PersonMessage>> sent(
      MockProcessorContext<String, Object> context) {
    return context.forwarded(Nodes.write(Topics.PERSON_MESSAGES)).stream()
        .map(
            forward ->
                new Record<>(
                    (String) forward.record().key(),
                    (PersonMessage) forward.record().value(),
                    forward.record().timestamp()))
        .toList();
  }

  private static MockProcessorContext<String, Object> contextOf(MapStore<WaitingEvent> events) {
    MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    context.addStateStore(events);
    context.addStateStore(new MapStore<Long>(AwaitContext.KNOWN));
    context.setCurrentSystemTimeMs(NOON.toEpochMilli());
    context.setCurrentStreamTimeMs(NOON.toEpochMilli());
    return context;
  }

  private static AwaitContext step(FlowMetrics metrics) {
    Outlet<PersonInput> next = Outlet.of(AwaitContext.NAME);
    next.attach(RecognizeActivities.NAME);
    return new AwaitContext(IDENTIFIED_FIRST, (topic, partition) -> true, next, metrics);
  }

  @Test
  void letsGoAfterARestartWhatARuleHeldThatIsNoMore() {
    MapStore<WaitingEvent> events = new MapStore<>(WaitingEngagement.EVENTS);
    Instant due = NOON.plusSeconds(5);
    new WaitingEngagement(events)
        .hold(
            "gone/3:ann/", event(ANN, "held", "email.opened", NOON, Map.of()), due.toEpochMilli());
    FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
    MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    context.addStateStore(events);
    context.addStateStore(new MapStore<Long>(AwaitContext.KNOWN));
    context.setCurrentSystemTimeMs(NOON.toEpochMilli());
    context.setCurrentStreamTimeMs(NOON.toEpochMilli());
    Outlet<PersonInput> next = Outlet.of(AwaitContext.NAME);
    next.attach(RecognizeActivities.NAME);
    AwaitContext step =
        new AwaitContext(TestRules.real().context(), (topic, partition) -> true, next, metrics);

    step.init(context);
    releaseAt(context, due.minusMillis(1));
    assertThat(context.forwarded()).isEmpty();
    releaseAt(context, due);

    assertThat(context.forwarded())
        .extracting(
            forward ->
                ((PersonInput.Arrived) forward.record().value()).event().getMetadata().getOrphan())
        .containsExactly(true);
    assertThat(events.rows()).isEmpty();
  }

  private static void releaseAt(MockProcessorContext<String, Object> context, Instant moment) {
    context.setCurrentSystemTimeMs(moment.toEpochMilli());
    context.scheduledPunctuators().getFirst().getPunctuator().punctuate(moment.toEpochMilli());
  }

  @Test
  void forgetsWhomNothingWasHeardOfForLong() {
    try (EngagementFlow flow = flow(IDENTIFIED_FIRST)) {
      arrive(flow, ANN, "who", "person.identified", 0);
      arrive(flow, "bob", "who-b", "person.identified", 0);
      Instant almost = NOON.plus(Duration.ofDays(KnownPeople.KNOWN_DAYS));
      flow.arriveAt(almost, event(ANN, "still", "email.opened", almost, Map.of()));
      Instant later = almost.plus(Duration.ofDays(2));
      flow.arriveAt(later, event("cy", "page", "page.viewed", later, Map.of()));
      flow.pass(StoreWalk.EVERY);
      assertThat(ordered(flow)).containsExactly("who", "who-b", "still", "page");

      arrive(flow, ANN, "known", "email.opened", 0);
      arrive(flow, "bob", "unknown", "email.opened", 0);

      assertThat(ordered(flow)).containsExactly("known");
      assertThat(flow.<Long>store(AwaitContext.KNOWN).all())
          .toIterable()
          .extracting(row -> row.key)
          .containsExactly("known-person/15:ann@example.com/", "known-person/3:bob/");
      assertThat(flow.<Long>store(AwaitContext.KNOWN).get("known-person/3:bob/")).isEqualTo(1);
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
            InvalidFileException.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(fault -> fault.toString().replace(directory + "/", ""))
                    .containsExactly(
                        "context.yaml:2: events: Email Opened is not an event type; write it"
                            + " as in page.viewed or page.*",
                        "context.yaml:2: needs names nothing; name at least one, as in needs:"
                            + " [page.viewed]",
                        "context.yaml:2: wait: P3D cannot be used; write an ISO 8601 duration"
                            + " from PT0S to P1D",
                        "context.yaml:3: context: one is declared twice; rename or remove one",
                        "context.yaml:3: wait: soon cannot be used; write an ISO 8601 duration"
                            + " from PT0S to P1D",
                        "context.yaml:3: the key then is unknown; use one of context, events,"
                            + " needs, wait"));
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

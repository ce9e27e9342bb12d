package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.millrace.event.Event;
import io.millrace.event.OpenPane;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.engagement.EngagementPanes;
import io.millrace.flow.engagement.OpenPanes;
import io.millrace.flow.order.WaitingRoom;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.TestEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.junit.jupiter.api.Test;

class HoldingStepTest {
  private static final Instant NOON = EngagementEvents.NOON;

  @Test
  void standsForStepsAndStoresOfTheTopology() {
    String topology = TopologyGoldenTest.topology().describe();

    assertThat(HoldingStep.all())
        .allSatisfy(
            holding ->
                assertThat(topology)
                    .containsPattern(
                        "Processor: %s \\(stores: \\[.*%s.*\\]\\)"
                            .formatted(holding.step(), holding.store())));
  }

  /** A step that holds something back says how much; a new one must be here, or marks are wrong. */
  @Test
  void everyStepThatHoldsSomethingBackIsThere() {
    JavaClasses steps = new ClassFileImporter().importPackagesOf(HoldingStep.class);
    List<String> holding =
        steps.stream()
            .filter(step -> step.isAssignableTo(Processor.class))
            .filter(HoldingStepTest::tellsHowMuchIsWaiting)
            .map(step -> step.getSimpleName())
            .toList();

    assertThat(holding)
        .containsExactlyInAnyOrder(
            "SequenceRecordEvents", "MeetPerson", "AwaitContext", "BatchEngagement", "KeepAccounts")
        .hasSameSizeAs(HoldingStep.all());
  }

  private static boolean tellsHowMuchIsWaiting(JavaClass step) {
    return step.getMethodCallsFromSelf().stream()
        .anyMatch(
            call ->
                call.getTargetOwner().isEquivalentTo(FlowMetrics.class)
                    && call.getName().equals("waiting"));
  }

  @Test
  void readsWhenWaitingEventArrived() {
    Event event = TestEvent.of("lead.updated", "lead/L-1").received(NOON.toEpochMilli()).build();
    WaitingEvent waiting = new WaitingEvent(event, NOON.plusSeconds(2), NOON.plusSeconds(300));

    assertThat(arrival(WaitingRoom.EVENTS, waiting)).isEqualTo(NOON);
  }

  @Test
  void readsWhenFirstEventOfMinuteArrived() {
    Engagement first = visit("e1", NOON.plusSeconds(5));
    Engagement second = visit("e2", NOON.plusSeconds(3));
    OpenPane pane = pane(Optional.empty(), first);
    OpenPane grown = pane(Optional.of(pane), second);

    assertThat(arrival(OpenPanes.PANES, grown)).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void doesNotGuessWhenNobodyNoted() {
    OpenPane pane = pane(Optional.empty(), visit("e1", NOON));
    OpenPane old = OpenPane.newBuilder(pane).setFirstArrivedAt(null).build();

    assertThat(arrival(OpenPanes.PANES, old)).isEqualTo(Instant.EPOCH);
  }

  private static OpenPane pane(Optional<OpenPane> open, Engagement engagement) {
    EngagementPanes.Place place = EngagementPanes.place("ann", engagement, NOON);
    return EngagementPanes.add(open, place, engagement, NOON);
  }

  private static Engagement visit(String id, Instant arrival) {
    Event visit = EngagementEvents.pricingVisit("ann", id, NOON);
    return new Engagement(EngagementEvents.arrived(visit, arrival), List.of());
  }

  private static <V extends SpecificRecord> Instant arrival(String store, V value) {
    @SuppressWarnings("unchecked") // the class of a value is the class of its type
    Class<V> type = (Class<V>) value.getClass();
    byte[] bytes = StateSerde.of(type).serializer().serialize("", value);
    return HoldingStep.all().stream()
        .filter(holding -> holding.store().equals(store))
        .findFirst()
        .orElseThrow()
        .arrival()
        .apply(bytes);
  }
}

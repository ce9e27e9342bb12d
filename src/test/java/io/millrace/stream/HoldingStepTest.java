package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.OpenPane;
import io.millrace.event.WaitingEvent;
import io.millrace.rule.Engagement;
import io.millrace.rule.EngagementEvents;
import io.millrace.rule.EngagementPanes;
import io.millrace.rule.TestEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
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

  @Test
  void everyStepThatHoldsSomethingIsThere() {
    // Stores of what waits are called so; a new one must be known here, or marks would be wrong.
    List<String> waiting =
        TopologyGoldenTest.topology()
            .describe()
            .lines()
            .filter(line -> line.matches(".*Processor: .*[\\[ ](waiting|open)-.*"))
            .map(line -> line.replaceAll(".*Processor: (\\S+) .*", "$1"))
            .toList();

    assertThat(HoldingStep.all())
        .extracting(HoldingStep::step)
        .containsExactlyInAnyOrderElementsOf(waiting);
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
    OpenPane pane = EngagementPanes.add(Optional.empty(), "ann", first, NOON);
    OpenPane grown = EngagementPanes.add(Optional.of(pane), "ann", second, NOON);

    assertThat(arrival(OpenPanes.PANES, grown)).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void doesNotGuessWhenNobodyNoted() {
    OpenPane pane = EngagementPanes.add(Optional.empty(), "ann", visit("e1", NOON), NOON);
    OpenPane old = OpenPane.newBuilder(pane).setFirstArrivedAt(null).build();

    assertThat(arrival(OpenPanes.PANES, old)).isEqualTo(Instant.EPOCH);
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

package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.UsageMemory;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.engagement.RecognizeActivities;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.FlowOutputs;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestRules;
import io.millrace.flow.usage.CountUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A role is put together from steps that do not know each other. */
class RoleBuilderTest {
  private static final Instant NOON = EngagementEvents.NOON;
  private static final String INSERTED = "look-at-engagement";
  private static final String ARRIVE = "arrive";

  private final FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
  private final FlowRules rules = TestRules.real();
  private final List<String> seen = new ArrayList<>();

  @Test
  void takesAnotherStepBetweenTwoThatStayAsTheyAre() {
    Map<String, Integer> without = run(counting(false));
    Map<String, Integer> with = run(counting(true));

    assertThat(with).isEqualTo(without).containsEntry(Topics.EVENTS_ORDERED.name(), 2);
    assertThat(with.get(Topics.USAGE_COUNTED.name())).isPositive();
    assertThat(seen).containsExactly("e1", "e2");
  }

  @Test
  void refusesStepWhoseValuesNobodyTakes() {
    RoleBuilder role = new RoleBuilder(new Topology(), new LocalSerdes());
    Outlet<Event> lost = role.outlet(INSERTED);
    role.step(INSERTED, role.read(Topics.ENGAGEMENT_EVENTS), () -> new PassOn<>(lost));

    assertThatThrownBy(role::build).hasMessageContaining(INSERTED);
  }

  @Test
  void collectsWhoWritesTopic() {
    String described = counting(false).describe().toString();

    assertThat(described)
        .containsPattern(
            "Sink: write-dead-letters \\(topic: dead-letters\\)\\s+<-- "
                + "recognize-activities, count-usage\\n");
  }

  /** The two steps of the flow, and perhaps one between them. */
  private Topology counting(boolean another) {
    RoleBuilder role = new RoleBuilder(new Topology(), new LocalSerdes());
    Outlet<Event> arrived = role.read(Topics.ENGAGEMENT_EVENTS);
    Outlet<PersonInput> found = role.outlet(ARRIVE);
    role.step(ARRIVE, arrived, () -> new Arrive(found));
    Outlet<Behaviour> recognized = role.outlet(RecognizeActivities.NAME);
    role.step(
            RecognizeActivities.NAME,
            found,
            () -> new RecognizeActivities(rules.engagement().activities(), recognized, metrics))
        .writes(Topics.EVENTS_ORDERED, Topics.DEAD_LETTERS);
    Outlet<Behaviour> lookedAt = another ? role.outlet(INSERTED) : recognized;
    if (another) {
      role.step(INSERTED, recognized, () -> new PassOn<>(lookedAt));
    }
    role.step(CountUsage.NAME, lookedAt, () -> new CountUsage(rules.usage(), metrics))
        .uses(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(CountUsage.MEMORY),
                Serdes.String(),
                StateSerde.of(UsageMemory.class)))
        .writes(Topics.USAGE_COUNTED, Topics.DEAD_LETTERS);
    return role.build();
  }

  /** How many records each topic gets of two uses of the product. */
  private static Map<String, Integer> run(Topology topology) {
    Map<String, Integer> written = new TreeMap<>();
    try (var driver = new TopologyTestDriver(topology, RecordsFlow.settings(), NOON)) {
      var input =
          driver.createInputTopic(
              Topics.ENGAGEMENT_EVENTS.name(),
              new StringSerializer(),
              StateSerde.of(Event.class).serializer());
      for (String id : List.of("e1", "e2")) {
        Event use = EngagementEvents.event("ann", id, "product.feature_used", NOON, Map.of());
        input.pipeInput("ann", EngagementEvents.arrived(use, NOON), NOON);
      }
      FlowOutputs outputs = new FlowOutputs(driver);
      for (var topic : List.of(Topics.EVENTS_ORDERED, Topics.USAGE_COUNTED, Topics.DEAD_LETTERS)) {
        written.put(topic.name(), outputs.read(topic).size());
      }
    }
    return written;
  }

  /** Notes what it is handed, and hands it on. */
  private final class PassOn<V> implements Processor<String, V, String, V> {
    private final Outlet<V> next;
    private final List<ProcessorContext<String, V>> contexts = new ArrayList<>();

    PassOn(Outlet<V> next) {
      this.next = next;
    }

    @Override
    public void init(ProcessorContext<String, V> context) {
      contexts.add(context);
    }

    @Override
    public void process(Record<String, V> record) {
      if (record.value() instanceof Engagement engagement) {
        seen.add(engagement.event().getEventId());
      }
      next.forward(contexts.getFirst(), record);
    }
  }

  /** Hands an event to the steps of its person. */
  private static final class Arrive implements Processor<String, Event, String, PersonInput> {
    private final Outlet<PersonInput> next;
    private final List<ProcessorContext<String, PersonInput>> contexts = new ArrayList<>();

    Arrive(Outlet<PersonInput> next) {
      this.next = next;
    }

    @Override
    public void init(ProcessorContext<String, PersonInput> context) {
      contexts.add(context);
    }

    @Override
    public void process(Record<String, Event> record) {
      next.forward(contexts.getFirst(), record.withValue(new PersonInput.Arrived(record.value())));
    }
  }
}

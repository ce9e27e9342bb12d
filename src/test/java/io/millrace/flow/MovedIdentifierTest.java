package io.millrace.flow;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.OpenPane;
import io.millrace.event.PersonMessage;
import io.millrace.event.ScoreMemory;
import io.millrace.event.SignalMemory;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.engagement.AwaitContext;
import io.millrace.flow.engagement.BatchEngagement;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.OpenPanes;
import io.millrace.flow.engagement.RecognizeActivities;
import io.millrace.flow.engagement.WaitingEngagement;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.score.ScoreLeads;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.signal.DetectSignals;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.FlowOutputs;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** The steps of a score in their order, while an identifier goes from one person to another. */
class MovedIdentifierTest {
  private static final String LEAVES = "test.leaves";

  private final FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
  private final FlowRules rules = TestRules.real();

  @Test
  void takesAlongWhatIsInAnOpenMinute() {
    try (TopologyTestDriver driver = driver()) {
      TestInputTopic<String, Event> input = input(driver);
      input.pipeInput("ann", did("ann", "e1", "form.submitted"), NOON);
      input.pipeInput("ann", did("cookie", "e2", "form.submitted"), NOON);
      input.pipeInput("ann", did("cookie", "e3", "email.opened"), NOON);
      input.pipeInput("ann", leaves("cookie", "bob"), NOON);
      input.pipeInput("bob", did("cookie", "e4", "form.submitted"), NOON);
      driver.advanceWallClockTime(Duration.ofMinutes(2));

      FlowOutputs outputs = new FlowOutputs(driver);
      assertThat(last(outputs.read(Topics.LEAD_SCORES))).isEqualTo(Map.of("ann", 15, "bob", 31));
      assertThat(outputs.read(Topics.ENGAGEMENT_BATCHES))
          .extracting(TestRecord::value)
          .extracting(batch -> summary(batch))
          .containsExactlyInAnyOrder("ann ann 1", "ann cookie 2", "bob cookie 1");
      assertThat(outputs.read(Topics.LEAD_SCORES_CHANGED))
          .extracting(TestRecord::value)
          .extracting(LeadScoreChange::getCause)
          .filteredOn(cause -> cause.startsWith("identity:"))
          .containsExactly("identity:cookie", "identity:cookie");
    }
  }

  @Test
  void leavesNoScoreOfSomeoneWhoIsAnother() {
    try (TopologyTestDriver driver = driver()) {
      TestInputTopic<String, Event> input = input(driver);
      input.pipeInput("ann", did("ann", "e1", "form.submitted"), NOON);
      input.pipeInput("ann", leaves("ann", "bob"), NOON);
      driver.advanceWallClockTime(Duration.ofMinutes(2));

      FlowOutputs outputs = new FlowOutputs(driver);
      assertThat(last(outputs.read(Topics.LEAD_SCORES))).isEqualTo(Map.of("bob", 15));
      assertThat(driver.<String, ScoreMemory>getKeyValueStore(ScoreLeads.MEMORY).all())
          .toIterable()
          .extracting(row -> row.key)
          .containsExactly("bob", "bob/ann");
    }
  }

  private static String summary(EngagementBatch batch) {
    return batch.getPerson() + " " + batch.getIdentifier() + " " + batch.getEvents();
  }

  private static Map<String, Integer> last(List<TestRecord<String, LeadScore>> scores) {
    Map<String, Integer> last = new HashMap<>();
    scores.forEach(
        record ->
            Optional.ofNullable(record.value())
                .ifPresentOrElse(
                    score -> last.put(record.key(), score.getScore()),
                    () -> last.remove(record.key())));
    return last;
  }

  private static Event did(String identifier, String id, String type) {
    return EngagementEvents.event(identifier, id, type, NOON, Map.of());
  }

  private static Event leaves(String identifier, String to) {
    return EngagementEvents.event(identifier, "m", LEAVES, NOON, Map.of("to", to));
  }

  private static TestInputTopic<String, Event> input(TopologyTestDriver driver) {
    return driver.createInputTopic(
        Topics.ENGAGEMENT_EVENTS.name(),
        new StringSerializer(),
        StateSerde.of(Event.class).serializer());
  }

  private TopologyTestDriver driver() {
    RoleBuilder role = new RoleBuilder(new Topology(), new LocalSerdes());
    Outlet<PersonInput> found = role.outlet("find");
    role.step("find", role.read(Topics.ENGAGEMENT_EVENTS), () -> new Find(found));
    Outlet<PersonInput> met = role.outlet("meet");
    role.step("meet", role.read(Topics.PERSON_MESSAGES), () -> new Meet(met));

    Outlet<PersonInput> inContext = role.outlet(AwaitContext.NAME);
    role.step(
            AwaitContext.NAME,
            List.of(found, met),
            () -> new AwaitContext(rules.context(), (topic, partition) -> true, inContext, metrics))
        .uses(store(AwaitContext.KNOWN, Serdes.Long()))
        .uses(store(WaitingEngagement.EVENTS, StateSerde.of(WaitingEvent.class)))
        .writes(Topics.PERSON_MESSAGES, Topics.DEAD_LETTERS);
    Outlet<Behaviour> recognized = role.outlet(RecognizeActivities.NAME);
    role.step(
            RecognizeActivities.NAME,
            inContext,
            () -> new RecognizeActivities(rules.engagement().activities(), recognized, metrics))
        .writes(Topics.EVENTS_ORDERED, Topics.DEAD_LETTERS);
    score(role, recognized);
    return new TopologyTestDriver(role.build(), RecordsFlow.settings(), NOON);
  }

  private void score(RoleBuilder role, Outlet<Behaviour> recognized) {
    Outlet<ScoreMessage> batched = role.outlet(BatchEngagement.NAME);
    role.step(
            BatchEngagement.NAME,
            recognized,
            () -> new BatchEngagement((topic, partition) -> true, batched, metrics))
        .uses(store(OpenPanes.PANES, StateSerde.of(OpenPane.class)))
        .writes(Topics.ENGAGEMENT_BATCHES, Topics.DEAD_LETTERS);
    Outlet<ScoreMessage> detected = role.outlet(DetectSignals.NAME);
    role.step(
            DetectSignals.NAME,
            recognized,
            () -> new DetectSignals(rules.engagement().signals(), detected, metrics))
        .uses(store(DetectSignals.MEMORY, StateSerde.of(SignalMemory.class)))
        .writes(Topics.SIGNALS_DETECTED, Topics.DEAD_LETTERS);
    role.step(
            ScoreLeads.NAME,
            List.of(batched, detected),
            () -> new ScoreLeads(rules.engagement().scoring(), Optional.empty(), metrics))
        .uses(store(ScoreLeads.MEMORY, StateSerde.of(ScoreMemory.class)))
        .writes(Topics.LEAD_SCORES, Topics.LEAD_SCORES_CHANGED, Topics.LEAD_SCORES_COMPARED)
        .writes(Topics.PERSON_MESSAGES, Topics.EVENTS_ORDERED, Topics.DEAD_LETTERS);
  }

  private static <V> StoreBuilder<?> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values);
  }

  /** Sends events to the person that is their key; one of a special type moves its identifier. */
  private static final class Find implements Processor<String, Event, String, Object> {
    private final Outlet<PersonInput> next;
    private final List<ProcessorContext<String, Object>> contexts = new ArrayList<>();

    Find(Outlet<PersonInput> next) {
      this.next = next;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
      contexts.add(context);
    }

    @Override
    public void process(Record<String, Event> record) {
      Event event = record.value();
      PersonInput input =
          event.getEventType().equals(LEAVES)
              ? new PersonInput.Departure(
                  event.getRecord().getId(), event.getData().getOrDefault("to", ""), 1)
              : new PersonInput.Arrived(event);
      next.forward(contexts.getFirst(), record.withValue(input));
    }
  }

  /** Takes what other people send. */
  private static final class Meet implements Processor<String, PersonMessage, String, Object> {
    private final Outlet<PersonInput> next;
    private final List<ProcessorContext<String, Object>> contexts = new ArrayList<>();

    Meet(Outlet<PersonInput> next) {
      this.next = next;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
      contexts.add(context);
    }

    @Override
    public void process(Record<String, PersonMessage> record) {
      PersonMessage message = record.value();
      PersonInput input =
          message
              .getEvent()
              .<PersonInput>map(PersonInput.Arrived::new)
              .orElseGet(
                  () ->
                      new PersonInput.Joining(
                          message.getIdentifier(), message.getHistory().orElseThrow()));
      next.forward(contexts.getFirst(), record.withValue(input));
    }
  }
}

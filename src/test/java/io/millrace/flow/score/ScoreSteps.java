package io.millrace.flow.score;

import static io.millrace.flow.testing.EngagementEvents.NOON;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.PersonHistory;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.testing.MapStore;
import io.millrace.kafka.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The step of scores alone, on a store that can be looked at. */
final class ScoreSteps {
  private final MapStore<ScoreMemory> store = new MapStore<>(ScoreLeads.MEMORY);
  private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
  private final ScoreLeads step;

  ScoreSteps(ScoringModel model, Optional<ScoringModel> candidate) {
    step = new ScoreLeads(model, candidate, new FlowMetrics(new SimpleMeterRegistry()));
    context.addStateStore(store);
    context.setCurrentSystemTimeMs(NOON.toEpochMilli());
    context.setCurrentStreamTimeMs(NOON.toEpochMilli());
    step.init(context);
  }

  MapStore<ScoreMemory> store() {
    return store;
  }

  void add(String person, ScoreInput input) {
    process(person, input);
  }

  void depart(String person, String identifier, String to, long number) {
    process(person, new ScoreMessage.Changed(new PersonInput.Departure(identifier, to, number)));
  }

  void join(String person, String identifier, ScorePart part) {
    PersonHistory history = PersonHistory.newBuilder().setScore(part).build();
    process(person, new ScoreMessage.Changed(new PersonInput.Joining(identifier, history)));
  }

  private void process(String person, ScoreMessage message) {
    context.resetForwards();
    step.process(new Record<>(person, message, NOON.toEpochMilli()));
  }

  /** What the last message made the step write to a topic. */
  <V extends SpecificRecord> List<Record<String, V>> written(Topic<V> topic) {
    return context.forwarded(Nodes.write(topic)).stream()
        .map(
            forwarded ->
                forwarded
                    .record()
                    .withKey((String) forwarded.record().key())
                    .withValue(topic.valueType().cast(forwarded.record().value())))
        .toList();
  }
}

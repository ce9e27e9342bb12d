package io.millrace.flow.score;

import io.millrace.event.DeadLetter;
import io.millrace.event.ScoreMemory;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import io.millrace.model.Reason;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each person's score, and reports its changes and the thresholds it reaches. */
public final class ScoreLeads implements Processor<String, ScoreInput, String, SpecificRecord> {
  public static final String NAME = "score-leads";
  public static final String MEMORY = "score-memory";

  private static final Logger LOG = LoggerFactory.getLogger(ScoreLeads.class);

  private final Scoring scoring;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private KeyValueStore<String, ScoreMemory> memories;

  public ScoreLeads(ScoringModel model, Optional<ScoringModel> candidate, FlowMetrics metrics) {
    this.scoring = new Scoring(model, candidate);
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    memories = context.getStateStore(MEMORY);
  }

  @Override
  public void process(Record<String, ScoreInput> record) {
    Optional<ScoreMemory> before = Optional.ofNullable(memories.get(record.key()));
    score(record, before).ifPresent(outcome -> keep(record, outcome));
  }

  private Optional<ScoreOutcome> score(
      Record<String, ScoreInput> record, Optional<ScoreMemory> before) {
    try {
      return Optional.of(scoring.add(before, record.key(), record.value()));
    } catch (RuntimeException failure) {
      // The cause is not logged, because it contains the person; the dead letter has it.
      LOG.atWarn().setCause(failure).log("A score could not be computed");
      DeadLetter letter =
          DeadLetters.ofEngagement(
              record.value().cause(),
              record.value().toString(),
              record.timestamp(),
              DeadLetters.failed(NAME, context.currentStreamTimeMs(), failure));
      metrics.deadLetter(letter.getSource(), Reason.PROCESSING_FAILED);
      write(Topics.DEAD_LETTERS, record.withKey(letter.getSource()).withValue(letter));
      return Optional.empty();
    }
  }

  private void keep(Record<String, ScoreInput> record, ScoreOutcome outcome) {
    memories.put(record.key(), outcome.memory());
    outcome.score().ifPresent(score -> write(Topics.LEAD_SCORES, record.withValue(score)));
    outcome
        .change()
        .ifPresent(change -> write(Topics.LEAD_SCORES_CHANGED, record.withValue(change)));
    outcome
        .raised()
        .forEach(
            event ->
                write(
                    Topics.EVENTS_ORDERED,
                    record.withKey(EventKeys.record(event)).withValue(event)));
    switch (outcome.compared()) {
      case ComparisonResult.NothingNew nothing -> {}
      case ComparisonResult.Differ differ ->
          write(Topics.LEAD_SCORES_COMPARED, record.withValue(differ.comparison()));
      case ComparisonResult.AgreeAgain agree -> endComparison(record);
    }
    long age = context.currentSystemTimeMs() - record.timestamp();
    metrics.processed(
        NAME, DeadLetters.ENGAGEMENT, record.value().kind(), Duration.ofMillis(Math.max(0, age)));
  }

  private void endComparison(Record<String, ScoreInput> record) {
    context.forward(
        new Record<>(record.key(), null, record.timestamp()),
        Nodes.write(Topics.LEAD_SCORES_COMPARED));
  }

  private <V extends SpecificRecord> void write(Topic<V> topic, Record<String, V> record) {
    context.forward(record, Nodes.write(topic));
  }
}

package io.millrace.flow.score;

import io.millrace.event.ScoreMemory;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
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
public final class ScoreLeads implements Processor<String, ScoreMessage, String, SpecificRecord> {
  public static final String NAME = "score-leads";
  public static final String MEMORY = "score-memory";

  private static final Logger LOG = LoggerFactory.getLogger(ScoreLeads.class);

  private final Scoring scoring;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;
  private KeyValueStore<String, ScoreMemory> memories;

  public ScoreLeads(ScoringModel model, Optional<ScoringModel> candidate, FlowMetrics metrics) {
    this.scoring = new Scoring(model, candidate);
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    memories = context.getStateStore(MEMORY);
  }

  @Override
  public void process(Record<String, ScoreMessage> record) {
    switch (record.value()) {
      case ScoreInput input -> process(record.withValue(input), input);
      case ScoreMessage.Changed changed -> {}
    }
  }

  private void process(Record<String, ScoreInput> record, ScoreInput input) {
    Optional<ScoreMemory> before = Optional.ofNullable(memories.get(record.key()));
    score(record, before).ifPresent(outcome -> keep(record, outcome, cause(record)));
  }

  private static Cause cause(Record<String, ScoreInput> record) {
    return Cause.ofEngagement(record.value().cause(), record.value(), record.timestamp());
  }

  private Optional<ScoreOutcome> score(
      Record<String, ScoreInput> record, Optional<ScoreMemory> before) {
    try {
      return Optional.of(scoring.add(before, record.key(), record.value()));
    } catch (RuntimeException failure) {
      // The cause is not logged, because it contains the person; the dead letter has it.
      LOG.atWarn().setCause(failure).log("A score could not be computed");
      output.refuse(cause(record), failure);
      return Optional.empty();
    }
  }

  private void keep(Record<String, ScoreInput> record, ScoreOutcome outcome, Cause cause) {
    String person = record.key();
    memories.put(person, outcome.memory());
    outcome.score().ifPresent(score -> output.write(Topics.LEAD_SCORES, person, score, cause));
    outcome
        .change()
        .ifPresent(change -> output.write(Topics.LEAD_SCORES_CHANGED, person, change, cause));
    outcome
        .raised()
        .forEach(
            event -> output.write(Topics.EVENTS_ORDERED, EventKeys.record(event), event, cause));
    switch (outcome.compared()) {
      case ComparisonResult.NothingNew nothing -> {}
      case ComparisonResult.Differ differ ->
          output.write(Topics.LEAD_SCORES_COMPARED, person, differ.comparison(), cause);
      case ComparisonResult.AgreeAgain agree ->
          output.tombstone(Topics.LEAD_SCORES_COMPARED, person, cause);
    }
    long age = context.currentSystemTimeMs() - record.timestamp();
    metrics.processed(
        NAME, DeadLetters.ENGAGEMENT, record.value().kind(), Duration.ofMillis(Math.max(0, age)));
  }
}

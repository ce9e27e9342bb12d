package io.millrace.flow.score;

import io.millrace.event.PersonHistory;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import io.millrace.flow.person.Departed;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each person's score, and reports its changes and the thresholds it reaches. What an
 * identifier contributed goes with it to another person.
 */
public final class ScoreLeads implements Processor<String, ScoreMessage, String, SpecificRecord> {
  public static final String NAME = "score-leads";
  public static final String MEMORY = "score-memory";

  private static final Logger LOG = LoggerFactory.getLogger(ScoreLeads.class);

  private final Scoring scoring;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;
  private ScoreRows rows;

  public ScoreLeads(ScoringModel model, Optional<ScoringModel> candidate, FlowMetrics metrics) {
    this.scoring = new Scoring(model, candidate);
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    rows = new ScoreRows(context.getStateStore(MEMORY));
  }

  @Override
  public void process(Record<String, ScoreMessage> record) {
    String person = record.key();
    long at = record.timestamp();
    switch (record.value()) {
      case ScoreInput input -> add(person, input, at);
      case ScoreMessage.Changed(PersonInput.Departure departure) ->
          withdraw(person, departure, at)
              .ifPresent(
                  withdrawn -> send(Occasion.ofMove(person, departure, at), departure, withdrawn));
      case ScoreMessage.Changed(PersonInput.Erased erased) -> {
        withdraw(person, erased, at)
            .ifPresent(withdrawn -> keep(Occasion.ofMove(person, erased, at), withdrawn.outcome()));
        if (person.equals(erased.identifier())) {
          rows.removeIfEmpty(person);
        }
      }
      case ScoreMessage.Changed(PersonInput.Joining joining) ->
          joining
              .history()
              .getScore()
              .filter(part -> part.getAsOf().isPresent())
              .ifPresent(part -> join(person, joining, part, at));
    }
  }

  private void add(String person, ScoreInput input, long at) {
    Occasion occasion = Occasion.of(person, input.identifier(), ScoreCause.of(input), input, at);
    Optional<ScoreMemory> before = rows.person(person);
    Optional<ScorePart> part = partOfAnother(occasion);
    attempt(occasion, () -> Optional.of(scoring.add(before, part, person, input)))
        .ifPresent(outcome -> keep(occasion, outcome));
  }

  private void join(String person, PersonInput.Joining joining, ScorePart joined, long at) {
    Occasion occasion = Occasion.ofMove(person, joining, at);
    Optional<ScoreMemory> before = rows.person(person);
    Optional<ScorePart> part = partOfAnother(occasion);
    attempt(
            occasion,
            () ->
                Optional.of(
                    scoring.join(
                        before,
                        part,
                        person,
                        joining.identifier(),
                        joined,
                        Instant.ofEpochMilli(at))))
        .ifPresent(outcome -> keep(occasion, outcome));
  }

  /** The score without what an identifier has contributed; empty if that is nothing. */
  private Optional<Scoring.Departed> withdraw(String person, PersonInput.Change change, long at) {
    Optional<ScoreMemory> before = rows.person(person);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    String identifier = change.identifier();
    Occasion occasion = Occasion.ofMove(person, change, at);
    Optional<ScorePart> part = partOfAnother(occasion);
    return attempt(
        occasion,
        () ->
            scoring.depart(
                before.get(),
                part,
                person,
                identifier,
                () -> rows.partsWithout(person, identifier),
                Instant.ofEpochMilli(at)));
  }

  private void send(Occasion occasion, PersonInput.Departure departure, Scoring.Departed departed) {
    keep(occasion, departed.outcome());
    PersonHistory history = PersonHistory.newBuilder().setScore(departed.part()).build();
    Departed.send(output, departure, history, occasion.origin());
  }

  /**
   * A message about an identifier of a person.
   *
   * @param origin for a dead letter, and with the time for everything that is written
   */
  private record Occasion(String person, String identifier, ScoreCause cause, Cause origin) {
    static Occasion of(String person, String identifier, ScoreCause cause, Object input, long at) {
      return new Occasion(person, identifier, cause, Cause.ofEngagement(cause.text(), input, at));
    }

    static Occasion ofMove(String person, PersonInput.Change change, long at) {
      ScoreCause cause = ScoreCause.ofMove(change.identifier(), Instant.ofEpochMilli(at));
      return of(person, change.identifier(), cause, change, at);
    }

    boolean isAboutAnother() {
      return !identifier.equals(person);
    }
  }

  /** What another identifier has contributed; that of the person's own is in the person's row. */
  private Optional<ScorePart> partOfAnother(Occasion occasion) {
    return occasion.isAboutAnother()
        ? rows.part(occasion.person(), occasion.identifier())
        : Optional.empty();
  }

  private <T> Optional<T> attempt(Occasion occasion, Supplier<Optional<T>> score) {
    try {
      return score.get();
    } catch (KafkaException infrastructure) {
      throw infrastructure;
    } catch (RuntimeException failure) {
      // The cause is not logged, because it contains the person; the dead letter has it.
      LOG.atWarn().setCause(failure).log("A score could not be computed");
      output.refuse(occasion.origin(), failure);
      return Optional.empty();
    }
  }

  private void keep(Occasion occasion, ScoreOutcome outcome) {
    String person = occasion.person();
    Cause cause = occasion.origin();
    rows.keep(person, outcome.memory());
    if (occasion.isAboutAnother()) {
      rows.keepPart(person, occasion.identifier(), outcome.part());
    }
    if (outcome.memory().getAsOf().isEmpty()) {
      output.tombstone(Topics.LEAD_SCORES, person, cause);
    }
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
    long age = context.currentSystemTimeMs() - cause.arrival();
    metrics.processed(
        NAME, DeadLetters.ENGAGEMENT, occasion.cause().kind(), Duration.ofMillis(Math.max(0, age)));
  }
}

package io.millrace.flow.step;

import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of a step. Every record has the arrival of the event that caused it as its timestamp,
 * and no headers, whether it is written while an event is processed or by a timer.
 */
public final class StepOutput {
  private static final Logger LOG = LoggerFactory.getLogger(StepOutput.class);

  private final String step;
  private final ProcessorContext<String, ? super SpecificRecord> context;
  private final FlowMetrics metrics;

  public StepOutput(
      String step, ProcessorContext<String, ? super SpecificRecord> context, FlowMetrics metrics) {
    this.step = step;
    this.context = context;
    this.metrics = metrics;
  }

  /**
   * Makes a decision about an event before anything is changed. If that fails, the event becomes a
   * dead letter and the result is empty. A failure of Kafka or a store is not caused by the event
   * and is rethrown.
   */
  public <T> Optional<T> attempt(Event event, Supplier<T> decision) {
    return attempt(Cause.of(event), decision);
  }

  /** The same for an input that need not be an event. */
  public <T> Optional<T> attempt(Cause cause, Supplier<T> decision) {
    try {
      return Optional.of(decision.get());
    } catch (KafkaException infrastructure) {
      throw infrastructure;
    } catch (RuntimeException failure) {
      DeadLetter letter = letter(cause, failure);
      LogLines.about(LOG.atWarn(), letter).setCause(failure).log("The step {} failed", step);
      write(letter, cause);
      return Optional.empty();
    }
  }

  /** Forwards an event to the next step. */
  public void event(String key, Event event, Outlet<Event> next) {
    processed(event);
    next.forward(context, new Record<>(key, event, event.getReceivedAt().toEpochMilli()));
  }

  /**
   * Writes an event to a topic. Its size is not checked again: it was read from a topic with the
   * same limit, and no step adds data to an event.
   */
  public void event(String key, Event event, Topic<Event> topic) {
    processed(event);
    writeFitting(topic, key, event, Cause.of(event));
  }

  /** Counts an event that leaves the step. */
  public void processed(Event event) {
    long age = context.currentSystemTimeMs() - event.getReceivedAt().toEpochMilli();
    metrics.processed(
        step, event.getSource(), event.getEventType(), Duration.ofMillis(Math.max(0, age)));
  }

  /** Writes a tombstone for a key to a compacted topic. */
  public void tombstone(Topic<?> topic, String key, Cause cause) {
    context.forward(new Record<>(key, null, cause.arrival()), Nodes.write(topic));
  }

  /** Writes a record that an event caused. */
  public <V extends SpecificRecord> void write(Topic<V> topic, String key, V value, Event cause) {
    write(topic, key, value, Cause.of(cause));
  }

  /**
   * The same for a record with any cause. If the topic would reject it because of its size, a dead
   * letter of its cause is written instead: a rejected record would stop the partition for good.
   */
  public <V extends SpecificRecord> void write(Topic<V> topic, String key, V value, Cause cause) {
    if (RecordSize.isAccepted(key, value)) {
      writeFitting(topic, key, value, cause);
    } else {
      refuse(cause, Reason.EVENT_TOO_LARGE, RecordSize.error(topic, key, value));
    }
  }

  /** Writes a record whose size the caller has checked already, against a lower limit. */
  public <V extends SpecificRecord> void writeFitting(
      Topic<V> topic, String key, V value, Cause cause) {
    context.forward(new Record<>(key, value, cause.arrival()), Nodes.write(topic));
  }

  /** Writes an event to dead-letters. */
  public void refuse(Event event, Reason reason, String error) {
    refuse(Cause.of(event), reason, error);
  }

  /** Writes an input that need not be an event to dead-letters. */
  public void refuse(Cause cause, Reason reason, String error) {
    write(
        cause
            .letter()
            .apply(DeadLetters.attempt(step, context.currentStreamTimeMs(), reason, error)),
        cause);
  }

  /** Writes an input to dead-letters because of an unexpected exception. */
  public void refuse(Cause cause, RuntimeException failure) {
    write(letter(cause, failure), cause);
  }

  private DeadLetter letter(Cause cause, RuntimeException failure) {
    return cause.letter().apply(DeadLetters.failed(step, context.currentStreamTimeMs(), failure));
  }

  private void write(DeadLetter letter, Cause cause) {
    metrics.deadLetter(letter.getSource(), Reason.valueOf(letter.getReason()));
    writeFitting(Topics.DEAD_LETTERS, letter.getSource(), DeadLetters.fitting(letter), cause);
  }
}

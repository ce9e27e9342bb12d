package io.millrace.flow.step;

import io.millrace.kafka.topic.Topic;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The clock for all timers: stream time while there is something to read, wall time once the
 * partition is idle. Stream time alone never closes the last minute of a quiet partition; wall time
 * alone expires waiting events before a backlog that contains the answer is read.
 */
public final class StepClock {
  /** How long no record must have arrived before the wall clock is used, in milliseconds. */
  public static final long IDLE_AFTER_MS = 1_000;

  private final ProcessorContext<?, ?> context;
  private final CaughtUp caughtUp;
  private final List<Topic<?>> topics;
  private long lastRecordMs;
  private long highestMs = Long.MIN_VALUE;

  /**
   * A clock for a step.
   *
   * @param topics all topics that the step's task reads: it is idle once it has read all of them
   */
  public StepClock(ProcessorContext<?, ?> context, CaughtUp caughtUp, Topic<?>... topics) {
    this(context, caughtUp, List.of(topics));
  }

  private StepClock(ProcessorContext<?, ?> context, CaughtUp caughtUp, List<Topic<?>> topics) {
    this.context = context;
    this.caughtUp = caughtUp;
    this.topics = topics;
    this.lastRecordMs = context.currentSystemTimeMs();
  }

  /** A clock for a step of role records. */
  public static StepClock ofRecords(ProcessorContext<?, ?> context, CaughtUp caughtUp) {
    return new StepClock(context, caughtUp, Topics.ofRecordTasks());
  }

  /** Must be called for every record that the step receives. */
  public void recordArrived() {
    lastRecordMs = context.currentSystemTimeMs();
  }

  /** The time in milliseconds since the epoch; never runs backwards while the step lives. */
  public long now() {
    long wall = context.currentSystemTimeMs();
    // An edge whose clock is ahead must not advance ours: no timer would run until all others have
    // caught up with it.
    long now = Math.min(context.currentStreamTimeMs(), wall);
    if (wall - lastRecordMs >= IDLE_AFTER_MS && isCaughtUp()) {
      now = Math.max(now, wall);
    }
    highestMs = Math.max(highestMs, now);
    return highestMs;
  }

  private boolean isCaughtUp() {
    int partition = context.taskId().partition();
    return topics.stream().allMatch(topic -> caughtUp.isCaughtUp(topic.name(), partition));
  }
}

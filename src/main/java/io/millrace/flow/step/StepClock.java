package io.millrace.flow.step;

import io.millrace.kafka.topic.Topic;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The clock for all timers: stream time while there is something to read; once the partition is
 * idle, it goes on by the time that passes. Stream time alone never closes the last minute of a
 * quiet partition; wall time alone expires waiting events before a backlog that contains the answer
 * is read.
 *
 * <p>An idle partition does not switch to the wall clock. Stream time is that of the edges, and may
 * be behind the wall clock by their clocks and by the time in the topics: the difference would be
 * taken from every wait, and the next events would have to make up for it before time passes again.
 */
public final class StepClock {
  /** How long no record must have arrived before a partition is idle, in milliseconds. */
  public static final long IDLE_AFTER_MS = 1_000;

  private final ProcessorContext<?, ?> context;
  private final CaughtUp caughtUp;
  private final List<String> topics;
  private long lastRecordMs;
  private long highestMs = Long.MIN_VALUE;

  /**
   * A clock for a step.
   *
   * @param topics all topics that the step's task reads: it is idle once it has read all of them
   */
  private StepClock(ProcessorContext<?, ?> context, CaughtUp caughtUp, List<Topic<?>> topics) {
    this.context = context;
    this.caughtUp = caughtUp;
    this.topics = topics.stream().map(Topic::name).toList();
    this.lastRecordMs = context.currentSystemTimeMs();
  }

  /** A clock for a step of role records. */
  public static StepClock ofRecords(ProcessorContext<?, ?> context, CaughtUp caughtUp) {
    return new StepClock(context, caughtUp, Topics.ofRecordTasks());
  }

  /** A clock for a step of role engagement. */
  public static StepClock ofEngagement(ProcessorContext<?, ?> context, CaughtUp caughtUp) {
    return new StepClock(context, caughtUp, Topics.ofEngagementTasks());
  }

  /** Must be called for every record that the step receives. */
  public void recordArrived() {
    lastRecordMs = context.currentSystemTimeMs();
  }

  /** The time in milliseconds since the epoch; never runs backwards while the step lives. */
  public long now() {
    long wall = context.currentSystemTimeMs();
    long stream = context.currentStreamTimeMs();
    // Deliveries that have not been normalized may contain the answer that is waited for.
    long quiet = Math.min(wall, caughtUp.normalizedThrough()) - lastRecordMs;
    long now = quiet >= IDLE_AFTER_MS && isCaughtUp() ? continued(stream, quiet, wall) : stream;
    // An edge whose clock is ahead must not advance ours: no timer would run until all others have
    // caught up with it.
    highestMs = Math.max(highestMs, Math.min(now, wall));
    return highestMs;
  }

  /** Before the first record, there is no stream time to continue. */
  private static long continued(long stream, long quiet, long wall) {
    return stream < 0 ? wall : stream + quiet;
  }

  /**
   * The time for what is kept for days, in milliseconds since the epoch: the wall clock's once the
   * partition is idle. It includes the time for which the flow did not run, and may run backwards.
   */
  public long today() {
    long wall = context.currentSystemTimeMs();
    return wall - lastRecordMs >= IDLE_AFTER_MS && isCaughtUp()
        ? wall
        : Math.min(context.currentStreamTimeMs(), wall);
  }

  private boolean isCaughtUp() {
    return caughtUp.isCaughtUp(topics, context.taskId().partition());
  }
}

package io.millrace.flow.step;

/** Reports whether the flow has read a partition to its end. */
@FunctionalInterface
public interface CaughtUp {

  /** Whether the partition was read to its end at the last poll. */
  boolean isCaughtUp(String topic, int partition);
}

package io.millrace.flow.step;

/** Tells whether everything a partition holds has been handed to the flow. */
@FunctionalInterface
public interface CaughtUp {

  /** Whether the last poll found the partition read to its end. */
  boolean isCaughtUp(String topic, int partition);
}

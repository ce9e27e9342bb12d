package io.millrace.tidy.planted.flow.order;

import org.apache.kafka.common.TopicPartition;

/** A rule that knows where its events are kept. */
public final class ImpureRule {
  public TopicPartition partition() {
    return new TopicPartition("events-ordered", 0);
  }
}

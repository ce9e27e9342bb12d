package io.millrace.tidy.planted.audit;

import io.millrace.tidy.planted.edge.CuriousEdge;
import org.apache.kafka.common.TopicPartition;

/** An audit that asks the edge, and reads a partition by itself. */
public final class CuriousAudit {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }

  public TopicPartition partition() {
    return new TopicPartition("deliveries-received", 0);
  }
}

package io.millrace.tidy.planted.verify;

import io.millrace.tidy.planted.source.CuriousSource;
import org.apache.kafka.common.TopicPartition;

/** A verifier that knows sources and Kafka. */
public final class CuriousVerifier {
  public CuriousSource source() {
    return new CuriousSource();
  }

  public TopicPartition partition() {
    return new TopicPartition("deliveries-received", 0);
  }
}

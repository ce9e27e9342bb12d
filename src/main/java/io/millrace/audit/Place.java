package io.millrace.audit;

import io.millrace.flow.step.Topics;

/** The position of a record, printed as {@code events-ordered-3@17}. */
public record Place(String topic, int partition, long offset) {

  /** Of a delivery. */
  public static Place ofDelivery(int partition, long offset) {
    return new Place(Topics.DELIVERIES_RECEIVED.name(), partition, offset);
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}

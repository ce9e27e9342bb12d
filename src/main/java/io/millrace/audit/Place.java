package io.millrace.audit;

/** Where a record stands; reads {@code events-ordered-3@17}. */
public record Place(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}

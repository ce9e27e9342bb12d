package io.millrace.stack.ledger;

/** Where a delivery stands in deliveries-received. */
public record Place(int partition, long offset) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    int byPartition = Integer.compare(partition, other.partition);
    return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
  }
}

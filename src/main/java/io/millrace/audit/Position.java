package io.millrace.audit;

import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import java.util.List;

/** An outcome and its place in one number, so that millions of them fit. */
final class Position {
  /** No outcome. */
  static final long NONE = 0;

  private static final int OFFSET_BITS = 44;
  private static final int PARTITION_BITS = 16;
  private static final long OFFSETS = (1L << OFFSET_BITS) - 1;
  private static final int PARTITIONS = (1 << PARTITION_BITS) - 1;
  private static final List<Outcome> OUTCOMES =
      List.of(Outcome.ORDERED, Outcome.LATE, Outcome.DUPLICATE, Outcome.DEAD, Outcome.SUPPRESSED);

  /** Comes after all outcomes. */
  private static final long DELIVERY = OUTCOMES.size() + 1L;

  /** A part that reports nothing, and so has no record anywhere. */
  static final long NOTHING = of(DELIVERY + 1, 0, 0);

  private Position() {}

  /**
   * @param partition below 65,536
   * @param offset below 17 million million
   */
  static long of(Outcome outcome, int partition, long offset) {
    return of(number(outcome), partition, offset);
  }

  /** The position of a record in the topic of deliveries, which is not an outcome. */
  static long ofDelivery(int partition, long offset) {
    return of(DELIVERY, partition, offset);
  }

  private static long number(Outcome outcome) {
    return switch (outcome) {
      case ORDERED -> 1;
      case LATE -> 2;
      case DUPLICATE -> 3;
      case DEAD -> 4;
      case SUPPRESSED -> 5;
    };
  }

  private static long of(long kind, int partition, long offset) {
    return kind << (PARTITION_BITS + OFFSET_BITS) | (long) partition << OFFSET_BITS | offset;
  }

  /** Whether there is no record of an outcome. */
  static boolean isNowhere(long position) {
    return position == NONE || position == NOTHING;
  }

  static Outcome outcome(long position) {
    return OUTCOMES.get((int) kind(position) - 1);
  }

  private static long kind(long position) {
    return position >>> (PARTITION_BITS + OFFSET_BITS);
  }

  static int partition(long position) {
    return (int) (position >>> OFFSET_BITS) & PARTITIONS;
  }

  static long offset(long position) {
    return position & OFFSETS;
  }

  static Place place(long position) {
    Topic<?> topic =
        kind(position) == DELIVERY ? Topics.DELIVERIES_RECEIVED : outcome(position).topic();
    return new Place(topic.name(), partition(position), offset(position));
  }
}

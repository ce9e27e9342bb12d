package io.millrace.audit;

import io.millrace.audit.Finding.Kind;
import io.millrace.flow.order.Deduplication;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The admitted events by identity, to find those that were admitted twice. */
final class Admissions {
  private final Map<Integer, PartitionAccounts> partitions;
  private final IntFunction<Duration> windows;
  private final Discrepancies discrepancies;
  private final LongMap admitted = new LongMap();

  /**
   * @param windows the dedupe window of each source, by its number
   */
  Admissions(
      Map<Integer, PartitionAccounts> partitions,
      IntFunction<Duration> windows,
      Discrepancies discrepancies) {
    this.partitions = partitions;
    this.windows = windows;
    this.discrepancies = discrepancies;
  }

  void admit(OutcomeRecord record, Part part) {
    long before = admitted.put(record.admission(), part.packed());
    if (before == LongMap.NONE) {
      return;
    }
    Part earlier = Part.of(before);
    if (isWrong(part, earlier)) {
      long position = accounts(earlier).position(earlier.slot());
      discrepancies.add(Discrepancy.about(Kind.DELIVERED_TWICE, part, record.position(), position));
    }
  }

  private boolean isWrong(Part part, Part earlier) {
    PartitionAccounts own = accounts(part);
    PartitionAccounts others = accounts(earlier);
    int delivery = own.deliveryOf(part.slot());
    int other = others.deliveryOf(earlier.slot());
    Duration apart = Duration.between(others.arrival(other), own.arrival(delivery)).abs();
    Duration reach = Deduplication.reach(windows.apply(own.source(delivery)));
    return apart.compareTo(reach) <= 0 && !isIntended(own, delivery, others, other);
  }

  /** A deliberate replay is admitted once; a replayed dead letter takes the place of its part. */
  private static boolean isIntended(
      PartitionAccounts own, int delivery, PartitionAccounts others, int other) {
    return own.replay(delivery) != others.replay(other)
        && !own.isReplayedLetter(delivery)
        && !others.isReplayedLetter(other);
  }

  private PartitionAccounts accounts(Part part) {
    return Optional.ofNullable(partitions.get(part.partition())).orElseThrow();
  }
}

package io.millrace.audit;

import io.millrace.audit.Finding.Kind;
import io.millrace.event.Lineage;
import io.millrace.model.OwnEvents;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Outcomes that belong to no account: most of them correctly, the others without a delivery. */
final class UnaccountedOutcomes {
  private final AuditScope scope;
  private final Map<Integer, PartitionAccounts> partitions;
  private final Map<Integer, Long> cutoff;
  private final Discrepancies discrepancies;
  private final LongMap raised = new LongMap();
  private final Map<Integer, OutcomeRecord> furthest = new HashMap<>();
  private long expired;
  private long later;

  UnaccountedOutcomes(
      AuditScope scope,
      Map<Integer, PartitionAccounts> partitions,
      Map<Integer, Long> cutoff,
      Discrepancies discrepancies) {
    this.scope = scope;
    this.partitions = partitions;
    this.cutoff = cutoff;
    this.discrepancies = discrepancies;
  }

  /** An event that names no delivery. */
  void raised(OutcomeRecord record) {
    if (!scope.covers(record.source(), record.receivedAt())) {
      return;
    }
    if (!record.source().equals(OwnEvents.SOURCE)) {
      discrepancies.add(Discrepancy.about(Kind.OUT_OF_NOWHERE, record.position()));
      return;
    }
    long before = raised.put(record.identity(), record.position());
    if (before != LongMap.NONE) {
      discrepancies.add(new Discrepancy(Kind.DOUBLED, Optional.empty(), record.position(), before));
    }
  }

  /** An outcome that names a delivery there is no account for. */
  void came(OutcomeRecord record) {
    Lineage lineage = record.lineage();
    if (!scope.covers(record.source(), record.receivedAt())) {
      return;
    }
    if (lineage.getOffset() >= cutoff.getOrDefault(lineage.getPartition(), 0L)) {
      later++;
      furthest.merge(
          lineage.getPartition(),
          record,
          (one, other) -> one.lineage().getOffset() >= other.lineage().getOffset() ? one : other);
    } else if (isKept(record)) {
      discrepancies.add(Discrepancy.about(Kind.OUT_OF_NOWHERE, record.position()));
    } else {
      expired++;
    }
  }

  private boolean isKept(OutcomeRecord record) {
    PartitionAccounts accounts = partitions.get(record.lineage().getPartition());
    return !record.receivedAt().isBefore(scope.keptSince())
        || (accounts != null && record.lineage().getOffset() >= accounts.firstOffset());
  }

  /**
   * Reports outcomes that name a delivery which has not been written yet.
   *
   * @param ends one past the last delivery of each partition by now
   */
  void checkLater(Map<Integer, Long> ends, Discrepancies found) {
    furthest.forEach(
        (partition, record) -> {
          if (record.lineage().getOffset() >= ends.getOrDefault(partition, 0L)) {
            found.add(Discrepancy.about(Kind.OUT_OF_NOWHERE, record.position()));
          }
        });
  }

  long raised() {
    return raised.size();
  }

  /** Outcomes of deliveries that have expired. */
  long expired() {
    return expired;
  }

  /** Outcomes of deliveries that arrived after the audit began. */
  long later() {
    return later;
  }
}

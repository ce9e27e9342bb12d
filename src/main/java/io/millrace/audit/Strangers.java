package io.millrace.audit;

import io.millrace.audit.Finding.Kind;
import io.millrace.event.Lineage;
import io.millrace.rule.OwnEvents;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Outcomes that belong to no account: most of them rightly so, the others out of nowhere. */
final class Strangers {
  private final AuditScope scope;
  private final Map<Integer, PartitionAccounts> partitions;
  private final Map<Integer, Long> cutoff;
  private final Suspicions suspicions;
  private final LongMap raised = new LongMap();
  private final Map<Integer, Claim> furthest = new HashMap<>();
  private long expired;
  private long later;

  Strangers(
      AuditScope scope,
      Map<Integer, PartitionAccounts> partitions,
      Map<Integer, Long> cutoff,
      Suspicions suspicions) {
    this.scope = scope;
    this.partitions = partitions;
    this.cutoff = cutoff;
    this.suspicions = suspicions;
  }

  /** An event that names no delivery. */
  void raised(Claim claim) {
    if (!scope.covers(claim.source(), claim.receivedAt())) {
      return;
    }
    if (!claim.source().equals(OwnEvents.SOURCE)) {
      suspicions.add(Suspicion.about(Kind.OUT_OF_NOWHERE, claim.position()));
      return;
    }
    long before = raised.put(claim.identity(), claim.position());
    if (before != LongMap.NONE) {
      suspicions.add(new Suspicion(Kind.DOUBLED, Optional.empty(), claim.position(), before));
    }
  }

  /** An outcome that names a delivery there is no account for. */
  void came(Claim claim) {
    Lineage lineage = claim.lineage();
    if (!scope.covers(claim.source(), claim.receivedAt())) {
      return;
    }
    if (lineage.getOffset() >= cutoff.getOrDefault(lineage.getPartition(), 0L)) {
      later++;
      furthest.merge(
          lineage.getPartition(),
          claim,
          (one, other) -> one.lineage().getOffset() >= other.lineage().getOffset() ? one : other);
    } else if (isKept(claim)) {
      suspicions.add(Suspicion.about(Kind.OUT_OF_NOWHERE, claim.position()));
    } else {
      expired++;
    }
  }

  private boolean isKept(Claim claim) {
    PartitionAccounts accounts = partitions.get(claim.lineage().getPartition());
    return !claim.receivedAt().isBefore(scope.keptSince())
        || (accounts != null && claim.lineage().getOffset() >= accounts.firstOffset());
  }

  /**
   * Suspects what names a delivery that has not been written yet.
   *
   * @param ends one past the last delivery of each partition by now
   */
  void checkLater(Map<Integer, Long> ends, Suspicions found) {
    furthest.forEach(
        (partition, claim) -> {
          if (claim.lineage().getOffset() >= ends.getOrDefault(partition, 0L)) {
            found.add(Suspicion.about(Kind.OUT_OF_NOWHERE, claim.position()));
          }
        });
  }

  /** Events the flow itself has raised. */
  long raised() {
    return raised.size();
  }

  /** Outcomes of deliveries that are kept no longer. */
  long expired() {
    return expired;
  }

  /** Outcomes of deliveries that came after the audit had begun. */
  long later() {
    return later;
  }
}

package io.millrace.audit;

import io.millrace.audit.Finding.Kind;
import io.millrace.event.Delivery;
import io.millrace.event.Lineage;
import io.millrace.source.Normalized;
import io.millrace.stream.DedupeWindows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Keeps the account of every delivery: each of its parts must end exactly once. Deliveries are
 * opened first, then outcomes are booked, in any order.
 */
final class Accounts {
  private static final int WHOLE = -1;

  private final AuditScope scope;
  private final Suspicions suspicions;
  private final Names sources = new Names();
  private final Map<Integer, PartitionAccounts> partitions = new TreeMap<>();
  private final Map<Integer, Long> cutoff = new TreeMap<>();
  private final Admissions admissions;
  private final Strangers strangers;
  private final UntoldParts untold = new UntoldParts();
  private final LongColumn dropped = new LongColumn();
  private final LongColumn instead = new LongColumn();
  private final Map<Part, Long> doubled = new HashMap<>();

  Accounts(AuditScope scope, DedupeWindows windows, Suspicions suspicions) {
    this.scope = scope;
    this.suspicions = suspicions;
    this.admissions =
        new Admissions(partitions, source -> windows.of(sources.of(source)), suspicions);
    this.strangers = new Strangers(scope, partitions, cutoff, suspicions);
  }

  /** Opens the account of a delivery, or passes over one that is not audited. */
  void open(Delivery delivery, int partition, long offset, Supplier<List<Normalized>> parts) {
    mustKnow(partition, offset + 1);
    if (scope.covers(delivery.getSource(), delivery.getReceivedAt())) {
      partitions
          .computeIfAbsent(partition, number -> new PartitionAccounts())
          .open(delivery, sources.number(delivery.getSource()), offset, parts.get());
    }
  }

  /** Deliveries of a partition before this offset are opened by now, if they are kept. */
  void mustKnow(int partition, long end) {
    cutoff.merge(partition, end, Math::max);
  }

  /** One past the last delivery of each partition that was opened or passed over. */
  Map<Integer, Long> cutoff() {
    return cutoff;
  }

  /** Books an outcome to its part. */
  void book(Claim claim) {
    Lineage lineage = claim.lineage();
    if (lineage.getPartition() < 0) {
      strangers.raised(claim);
      return;
    }
    PartitionAccounts accounts = partitions.get(lineage.getPartition());
    int delivery =
        accounts == null ? -1 : accounts.find(lineage.getOffset(), lineage.getDeliveryId());
    if (accounts == null || delivery < 0) {
      strangers.came(claim);
    } else {
      book(claim, accounts, delivery);
    }
  }

  private void book(Claim claim, PartitionAccounts accounts, int delivery) {
    int index = claim.lineage().getIndex();
    int firstIndex = accounts.firstIndex(delivery);
    int slot = accounts.firstSlot(delivery) + index - firstIndex;
    int partition = claim.lineage().getPartition();
    if (index == WHOLE) {
      for (int each = accounts.firstSlot(delivery); each < accounts.endSlot(delivery); each++) {
        settle(claim, accounts, delivery, new Part(partition, each));
      }
    } else if (firstIndex == WHOLE) {
      bookUntold(claim, accounts, new Part(partition, accounts.firstSlot(delivery)));
    } else if (index < firstIndex || slot >= accounts.endSlot(delivery)) {
      suspicions.add(Suspicion.about(Kind.OUT_OF_NOWHERE, claim.position()));
    } else {
      settle(claim, accounts, delivery, new Part(partition, slot));
    }
  }

  private void settle(Claim claim, PartitionAccounts accounts, int delivery, Part part) {
    long before = accounts.position(part.slot());
    if (before != Position.NONE) {
      twice(claim, part, before);
      return;
    }
    accounts.settle(part.slot(), claim.position());
    compare(claim, accounts, delivery, part);
    if (claim.outcome().isAdmitted()) {
      admissions.admit(claim, part);
    }
    claim.first().flatMap(this::find).ifPresent(first -> remember(part, first));
    if (claim.first().isPresent() && claim.first().flatMap(this::find).isEmpty()) {
      unfounded(claim, claim.first().get(), part);
    }
  }

  private void twice(Claim claim, Part part, long before) {
    suspicions.add(Suspicion.about(Kind.DOUBLED, part, claim.position(), before));
    doubled.merge(part, 1L, Long::sum);
  }

  private void bookUntold(Claim claim, PartitionAccounts accounts, Part part) {
    long before = untold.before(part, claim, accounts.position(part.slot()));
    if (before != Position.NONE) {
      twice(claim, part, before);
      return;
    }
    if (accounts.position(part.slot()) == Position.NONE) {
      accounts.settle(part.slot(), claim.position());
    } else {
      untold.count(part, claim.outcome());
    }
    suspicions.add(Suspicion.about(Kind.SPLITS_DIFFERENTLY, part, claim.position()));
  }

  private void compare(Claim claim, PartitionAccounts accounts, int delivery, Part part) {
    long identity = accounts.identity(part.slot());
    long content = accounts.content(part.slot());
    boolean bothNamed = identity != Fingerprint.UNKNOWN && claim.identity() != Fingerprint.UNKNOWN;
    boolean sameDelivery =
        claim.source().equals(sources.of(accounts.source(delivery)))
            && claim.receivedAt().equals(accounts.arrival(delivery));
    if (!sameDelivery || (bothNamed && identity != claim.identity())) {
      suspicions.add(Suspicion.about(Kind.DIFFERS, part, claim.position()));
    } else if (content == Fingerprint.UNKNOWN
        ? claim.outcome() != Outcome.DEAD
        : ((content ^ claim.content()) & claim.comparable()) != 0) {
      suspicions.add(Suspicion.about(Kind.READS_DIFFERENTLY, part, claim.position()));
    }
  }

  private void remember(Part part, Part first) {
    dropped.add(part.packed());
    instead.add(first.packed());
  }

  /** What was admitted instead must be there, unless it is out of what is audited. */
  private void unfounded(Claim claim, Lineage first, Part part) {
    PartitionAccounts accounts = partitions.get(first.getPartition());
    boolean shouldBeThere =
        accounts != null
            && !scope.isNarrow()
            && first.getOffset() >= accounts.firstOffset()
            && first.getOffset() < cutoff.getOrDefault(first.getPartition(), 0L);
    if (shouldBeThere) {
      suspicions.add(Suspicion.about(Kind.SWALLOWED, part, claim.position()));
    }
  }

  /** The account of a part; of its delivery as a whole where its parts cannot be told. */
  Optional<Part> find(Lineage lineage) {
    PartitionAccounts accounts = partitions.get(lineage.getPartition());
    int delivery =
        accounts == null ? -1 : accounts.find(lineage.getOffset(), lineage.getDeliveryId());
    if (accounts == null || delivery < 0) {
      return Optional.empty();
    }
    int index = accounts.firstIndex(delivery) == WHOLE ? WHOLE : lineage.getIndex();
    int slot = accounts.firstSlot(delivery) + index - accounts.firstIndex(delivery);
    return slot >= accounts.firstSlot(delivery) && slot < accounts.endSlot(delivery)
        ? Optional.of(new Part(lineage.getPartition(), slot))
        : Optional.empty();
  }

  /** Whether every part has ended, but for some. */
  boolean isSettledBut(Set<Part> waiting) {
    for (Map.Entry<Integer, PartitionAccounts> each : partitions.entrySet()) {
      PartitionAccounts own = each.getValue();
      for (int slot = 0; slot < own.parts(); slot++) {
        if (own.position(slot) == Position.NONE
            && !waiting.contains(new Part(each.getKey(), slot))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Suspects every event that was dropped though the one before it was dropped as well. */
  void checkDropped(Suspicions found) {
    for (int each = 0; each < dropped.size(); each++) {
      Part part = Part.of(dropped.get(each));
      Part first = Part.of(instead.get(each));
      PartitionAccounts own = partition(part);
      PartitionAccounts others = partition(first);
      long position = others.position(first.slot());
      boolean isDropped =
          position != Position.NONE && Position.outcome(position) == Outcome.DUPLICATE;
      long identity = others.identity(first.slot());
      boolean isOther =
          identity != Fingerprint.UNKNOWN
              && own.identity(part.slot()) != Fingerprint.UNKNOWN
              && identity != own.identity(part.slot());
      if (isDropped || isOther) {
        found.add(Suspicion.about(Kind.SWALLOWED, part, own.position(part.slot()), position));
      }
    }
  }

  PartitionAccounts partition(Part part) {
    return Optional.ofNullable(partitions.get(part.partition())).orElseThrow();
  }

  Map<Integer, PartitionAccounts> partitions() {
    return partitions;
  }

  String source(int number) {
    return sources.of(number);
  }

  /** Outcomes of a part beyond its first. */
  Map<Part, Long> doubled() {
    return doubled;
  }

  UntoldParts untold() {
    return untold;
  }

  Strangers strangers() {
    return strangers;
  }
}

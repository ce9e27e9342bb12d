package io.millrace.audit;

import io.millrace.audit.Finding.Kind;
import io.millrace.event.Delivery;
import io.millrace.event.Lineage;
import io.millrace.flow.order.SourceWindows;
import io.millrace.normalize.Normalized;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Keeps the account of every delivery: each of its parts must have exactly one outcome. Accounts
 * are opened first, then outcomes are booked, in any order.
 */
public final class Accounts {
  private static final int WHOLE = -1;

  private final AuditScope scope;
  private final Discrepancies discrepancies;
  private final SourceNumbers sources = new SourceNumbers();
  private final Map<Integer, PartitionAccounts> partitions = new TreeMap<>();
  private final Map<Integer, Long> cutoff = new TreeMap<>();
  private final Admissions admissions;
  private final UnaccountedOutcomes unaccounted;
  private final UnknownParts unknownParts = new UnknownParts();
  private final LongColumn dropped = new LongColumn();
  private final LongColumn instead = new LongColumn();
  private final Map<Part, Long> doubled = new HashMap<>();

  public Accounts(AuditScope scope, SourceWindows windows, Discrepancies discrepancies) {
    this.scope = scope;
    this.discrepancies = discrepancies;
    this.admissions =
        new Admissions(partitions, source -> windows.dedupe(sources.of(source)), discrepancies);
    this.unaccounted = new UnaccountedOutcomes(scope, partitions, cutoff, discrepancies);
  }

  /** Opens the account of a delivery, or skips one that is not audited. */
  public void open(
      Delivery delivery, int partition, long offset, Supplier<List<Normalized>> parts) {
    mustKnow(partition, offset + 1);
    if (scope.covers(delivery.getSource(), delivery.getReceivedAt())) {
      partitions
          .computeIfAbsent(partition, number -> new PartitionAccounts())
          .open(delivery, sources.number(delivery.getSource()), offset, parts.get());
    }
  }

  /** All retained deliveries of a partition before this offset must have an account by now. */
  void mustKnow(int partition, long end) {
    cutoff.merge(partition, end, Math::max);
  }

  /** One past the last delivery of each partition that was opened or skipped. */
  Map<Integer, Long> cutoff() {
    return cutoff;
  }

  /** Books an outcome to its part. */
  public void book(OutcomeRecord record) {
    Lineage lineage = record.lineage();
    if (lineage.getPartition() < 0) {
      unaccounted.raised(record);
      return;
    }
    PartitionAccounts accounts = partitions.get(lineage.getPartition());
    int delivery =
        accounts == null ? -1 : accounts.find(lineage.getOffset(), lineage.getDeliveryId());
    if (accounts == null || delivery < 0) {
      unaccounted.came(record);
    } else {
      book(record, accounts, delivery);
    }
  }

  private void book(OutcomeRecord record, PartitionAccounts accounts, int delivery) {
    int index = record.lineage().getIndex();
    int firstIndex = accounts.firstIndex(delivery);
    int slot = accounts.firstSlot(delivery) + index - firstIndex;
    int partition = record.lineage().getPartition();
    if (index == WHOLE) {
      for (int each = accounts.firstSlot(delivery); each < accounts.endSlot(delivery); each++) {
        settle(record, accounts, delivery, new Part(partition, each));
      }
    } else if (firstIndex == WHOLE) {
      bookUntold(record, accounts, new Part(partition, accounts.firstSlot(delivery)));
    } else if (index < firstIndex || slot >= accounts.endSlot(delivery)) {
      discrepancies.add(Discrepancy.about(Kind.OUT_OF_NOWHERE, record.position()));
    } else {
      settle(record, accounts, delivery, new Part(partition, slot));
    }
  }

  private void settle(OutcomeRecord record, PartitionAccounts accounts, int delivery, Part part) {
    long before = accounts.position(part.slot());
    if (!Position.isNowhere(before)) {
      twice(record, part, before);
      return;
    }
    accounts.settle(part.slot(), record.position());
    compare(record, accounts, delivery, part, before == Position.NOTHING);
    accounts.admission(part.slot(), admission(record, accounts.identity(part.slot())));
    if (record.outcome().isAdmitted()) {
      admissions.admit(record, part);
    }
    record.first().flatMap(this::find).ifPresent(first -> remember(part, first));
    if (record.first().isPresent() && record.first().flatMap(this::find).isEmpty()) {
      unfounded(record, record.first().get(), part);
    }
  }

  private void twice(OutcomeRecord record, Part part, long before) {
    discrepancies.add(Discrepancy.about(Kind.DOUBLED, part, record.position(), before));
    doubled.merge(part, 1L, Long::sum);
  }

  private void bookUntold(OutcomeRecord record, PartitionAccounts accounts, Part part) {
    long known = accounts.position(part.slot());
    boolean isFirst = Position.isNowhere(known);
    long before = unknownParts.before(part, record, isFirst ? Position.NONE : known);
    if (before != Position.NONE) {
      twice(record, part, before);
      return;
    }
    if (isFirst) {
      accounts.settle(part.slot(), record.position());
      accounts.admission(part.slot(), Fingerprint.UNKNOWN);
    } else {
      unknownParts.count(part, record.outcome());
    }
    discrepancies.add(Discrepancy.about(Kind.SPLITS_DIFFERENTLY, part, record.position()));
  }

  private void compare(
      OutcomeRecord record,
      PartitionAccounts accounts,
      int delivery,
      Part part,
      boolean isNothingToday) {
    long identity = accounts.identity(part.slot());
    long content = accounts.content(part.slot());
    boolean bothNamed = identity != Fingerprint.UNKNOWN && record.identity() != Fingerprint.UNKNOWN;
    boolean sameDelivery =
        record.source().equals(sources.of(accounts.source(delivery)))
            && record.receivedAt().equals(accounts.arrival(delivery));
    if (!sameDelivery || (bothNamed && identity != record.identity())) {
      discrepancies.add(Discrepancy.about(Kind.DIFFERS, part, record.position()));
    } else if (isNothingToday) {
      discrepancies.add(Discrepancy.about(Kind.READS_DIFFERENTLY, part, record.position()));
    } else if (content == Fingerprint.UNKNOWN
        ? record.outcome() != Outcome.DEAD
        : ((content ^ record.content()) & record.comparable()) != 0) {
      discrepancies.add(Discrepancy.about(Kind.READS_DIFFERENTLY, part, record.position()));
    }
  }

  /** Unknown for an outcome of another event: that is reported already, and proves nothing. */
  private static long admission(OutcomeRecord record, long delivered) {
    boolean isOther = delivered != Fingerprint.UNKNOWN && delivered != record.identity();
    return isOther ? Fingerprint.UNKNOWN : record.admission();
  }

  private void remember(Part part, Part first) {
    dropped.add(part.packed());
    instead.add(first.packed());
  }

  /** The part that was admitted instead must exist, unless it is outside the audit. */
  private void unfounded(OutcomeRecord record, Lineage first, Part part) {
    PartitionAccounts accounts = partitions.get(first.getPartition());
    boolean shouldBeThere =
        accounts != null
            && !scope.isNarrow()
            && first.getOffset() >= accounts.firstOffset()
            && first.getOffset() < cutoff.getOrDefault(first.getPartition(), 0L);
    if (shouldBeThere) {
      discrepancies.add(Discrepancy.about(Kind.SWALLOWED, part, record.position()));
    }
  }

  /** The account of a part, or of the whole delivery if its parts are unknown. */
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

  /** Whether every part except some has an outcome. */
  public boolean isSettledBut(Set<Part> waiting) {
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

  /**
   * Reports every event that was dropped although the admitted copy it names was dropped as well,
   * or is another event or about another record.
   */
  void checkDropped(Discrepancies found) {
    for (int each = 0; each < dropped.size(); each++) {
      Part part = Part.of(dropped.get(each));
      Part first = Part.of(instead.get(each));
      PartitionAccounts own = partition(part);
      PartitionAccounts others = partition(first);
      long position = others.position(first.slot());
      // What reports nothing was not admitted either.
      boolean isDropped =
          position == Position.NOTHING
              || (position != Position.NONE && Position.outcome(position) == Outcome.DUPLICATE);
      long admission = others.admission(first.slot());
      boolean isOther =
          position != Position.NONE
              && position != Position.NOTHING
              && admission != Fingerprint.UNKNOWN
              && own.admission(part.slot()) != Fingerprint.UNKNOWN
              && admission != own.admission(part.slot());
      if (isDropped || isOther) {
        found.add(
            Discrepancy.about(
                Kind.SWALLOWED,
                part,
                own.position(part.slot()),
                position == Position.NOTHING ? Position.NONE : position));
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

  UnknownParts unknownParts() {
    return unknownParts;
  }

  UnaccountedOutcomes unaccounted() {
    return unaccounted;
  }
}

package io.millrace.audit;

import io.millrace.audit.AuditReport.Extent;
import io.millrace.audit.Finding.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts the accounts by source and hour, and reports every part without an outcome. */
final class Tally {
  private static final int DELIVERIES = 0;
  private static final int ACCEPTED = 1;
  private static final int ORDERED = 2;
  private static final int LATE = 3;
  private static final int DUPLICATE = 4;
  private static final int DEAD = 5;
  private static final int NOTHING = 6;
  private static final int SUPPRESSED = 7;
  private static final int WAITING = 8;
  private static final int UNDER_WAY = 9;
  private static final int MISSING = 10;
  private static final int DOUBLED = 11;

  private final Accounts accounts;
  private final Set<Part> waiting;
  private final boolean isFlowBehind;
  private final Discrepancies discrepancies;
  private final Map<String, Map<Instant, long[]>> counts = new TreeMap<>();
  private Optional<Instant> earliest = Optional.empty();
  private Optional<Instant> latest = Optional.empty();

  /**
   * @param waiting the parts that the flow holds
   * @param isFlowBehind whether a part without an outcome may still be under way
   */
  Tally(Accounts accounts, Set<Part> waiting, boolean isFlowBehind, Discrepancies discrepancies) {
    this.accounts = accounts;
    this.waiting = waiting;
    this.isFlowBehind = isFlowBehind;
    this.discrepancies = discrepancies;
    accounts.partitions().forEach(this::count);
    accounts
        .unknownParts()
        .more()
        .forEach((part, outcomes) -> outcomes.forEach((each, times) -> add(part, each, times)));
    accounts.doubled().forEach((part, times) -> column(part)[DOUBLED] += times);
  }

  private void add(Part part, Outcome outcome, long times) {
    column(part)[ACCEPTED] += times;
    column(part)[columnOf(outcome)] += times;
  }

  private void count(int partition, PartitionAccounts own) {
    for (int delivery = 0; delivery < own.deliveries(); delivery++) {
      Instant arrival = own.arrival(delivery);
      earliest = Optional.of(earliest.filter(arrival::isAfter).orElse(arrival));
      latest = Optional.of(latest.filter(arrival::isBefore).orElse(arrival));
      long[] columns = columns(own, delivery);
      columns[DELIVERIES]++;
      for (int slot = own.firstSlot(delivery); slot < own.endSlot(delivery); slot++) {
        columns[ACCEPTED]++;
        columns[columnOf(new Part(partition, slot), own.position(slot))]++;
      }
    }
  }

  private int columnOf(Part part, long position) {
    if (position == Position.NOTHING) {
      return NOTHING;
    }
    if (position != Position.NONE) {
      return columnOf(Position.outcome(position));
    }
    if (waiting.contains(part)) {
      return WAITING;
    }
    if (isFlowBehind) {
      return UNDER_WAY;
    }
    discrepancies.add(Discrepancy.about(Kind.MISSING, part, Position.NONE));
    return MISSING;
  }

  private static int columnOf(Outcome outcome) {
    return switch (outcome) {
      case ORDERED -> ORDERED;
      case LATE -> LATE;
      case DUPLICATE -> DUPLICATE;
      case DEAD -> DEAD;
      case SUPPRESSED -> SUPPRESSED;
    };
  }

  private long[] column(Part part) {
    PartitionAccounts own = accounts.partition(part);
    return columns(own, own.deliveryOf(part.slot()));
  }

  private long[] columns(PartitionAccounts own, int delivery) {
    Instant hour = own.arrival(delivery).truncatedTo(ChronoUnit.HOURS);
    return counts
        .computeIfAbsent(accounts.source(own.source(delivery)), source -> new TreeMap<>())
        .computeIfAbsent(hour, each -> new long[DOUBLED + 1]);
  }

  List<HourCounts> hours() {
    List<HourCounts> hours = new ArrayList<>();
    counts.forEach(
        (source, byHour) ->
            byHour.forEach(
                (hour, of) ->
                    hours.add(
                        new HourCounts(
                            source,
                            hour,
                            of[DELIVERIES],
                            of[ACCEPTED],
                            of[ORDERED],
                            of[LATE],
                            of[DUPLICATE],
                            of[DEAD],
                            of[NOTHING],
                            of[SUPPRESSED],
                            of[WAITING],
                            of[UNDER_WAY],
                            of[MISSING],
                            of[DOUBLED]))));
    return hours;
  }

  Extent extent() {
    return new Extent(earliest, latest, accounts.cutoff());
  }
}

package io.millrace.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an audit found.
 *
 * @param extent what was audited
 * @param hours by source, then hour
 * @param counts how many findings there are of each kind
 * @param findings the first of each kind in full
 * @param behind the readers with a backlog, if something is under way
 * @param excluded outcomes that correctly belong to no account
 */
public record AuditReport(
    Extent extent,
    List<HourCounts> hours,
    Map<Finding.Kind, Long> counts,
    List<Finding> findings,
    List<String> behind,
    Excluded excluded) {
  public AuditReport {
    hours = List.copyOf(hours);
    counts = Collections.unmodifiableMap(copy(counts));
    findings = List.copyOf(findings);
    behind = List.copyOf(behind);
  }

  /** The result. */
  public enum Verdict {
    /** Every part is accounted for exactly once; some may still be waiting for their turn. */
    BALANCED,
    /** Something is missing, doubled or otherwise wrong. */
    NOT_BALANCED,
    /** Nothing wrong was found, but something is still under way. */
    UNDECIDED
  }

  /**
   * What was audited.
   *
   * @param earliest arrival of the first delivery; empty if there is none
   * @param latest arrival of the last
   * @param ends one past the last delivery of each partition of deliveries-received
   */
  public record Extent(
      Optional<Instant> earliest, Optional<Instant> latest, Map<Integer, Long> ends) {
    public Extent {
      ends = Map.copyOf(ends);
    }
  }

  /**
   * Outcomes that belong to no account.
   *
   * @param raised events that the flow itself raised, such as a qualified lead
   * @param expired outcomes of deliveries that have expired
   * @param later outcomes of deliveries that arrived after the audit began
   */
  public record Excluded(long raised, long expired, long later) {}

  public Verdict verdict() {
    if (counts.keySet().stream().anyMatch(Finding.Kind::isWrong)) {
      return Verdict.NOT_BALANCED;
    }
    return total().underWay() > 0 ? Verdict.UNDECIDED : Verdict.BALANCED;
  }

  /** All sources and hours together. */
  public HourCounts total() {
    return hours.stream().reduce(HourCounts.none("all", Instant.EPOCH), HourCounts::plus);
  }

  /** The findings that are wrong, or those that are only worth knowing. */
  public Stream<Finding> findings(boolean wrong) {
    return findings.stream().filter(finding -> finding.kind().isWrong() == wrong);
  }

  private static Map<Finding.Kind, Long> copy(Map<Finding.Kind, Long> counts) {
    Map<Finding.Kind, Long> copy = new EnumMap<>(Finding.Kind.class);
    copy.putAll(counts);
    return copy;
  }
}

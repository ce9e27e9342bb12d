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
 * @param reach what was audited
 * @param hours by source, then hour
 * @param counts how many findings there are of each kind
 * @param findings the first of each kind in full
 * @param behind who has still to read what, where something is under way
 * @param beside outcomes that are rightly in no account
 */
public record AuditReport(
    Reach reach,
    List<HourCounts> hours,
    Map<Finding.Kind, Long> counts,
    List<Finding> findings,
    List<String> behind,
    Beside beside) {
  public AuditReport {
    hours = List.copyOf(hours);
    counts = Collections.unmodifiableMap(copy(counts));
    findings = List.copyOf(findings);
    behind = List.copyOf(behind);
  }

  /** The answer. */
  public enum Verdict {
    /** Every part is accounted for, once; some may still wait for their turn. */
    BALANCED,
    /** Something is missing, doubled or else wrong. */
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
  public record Reach(
      Optional<Instant> earliest, Optional<Instant> latest, Map<Integer, Long> ends) {
    public Reach {
      ends = Map.copyOf(ends);
    }
  }

  /**
   * Outcomes in no account.
   *
   * @param raised events the flow itself raised, such as a lead that qualifies
   * @param expired outcomes of deliveries that are kept no longer
   * @param later outcomes of deliveries that came after the audit had begun
   */
  public record Beside(long raised, long expired, long later) {}

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

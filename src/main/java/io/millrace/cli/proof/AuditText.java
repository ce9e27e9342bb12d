package io.millrace.cli.proof;

import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditReport.Excluded;
import io.millrace.audit.Finding;
import io.millrace.audit.HourCounts;
import io.millrace.audit.Place;
import io.millrace.cli.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints an audit's report for people: a table, the findings, and the verdict last. */
final class AuditText {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
  private static final String INDENTED = "    ";

  private final PrintWriter out;
  private final boolean everyHour;

  /**
   * @param everyHour whether each hour has its own row; otherwise consecutive hours of a source
   *     share one if each of their parts has exactly one outcome
   */
  AuditText(PrintWriter out, boolean everyHour) {
    this.out = out;
    this.everyHour = everyHour;
  }

  void print(AuditReport report) {
    table(report);
    out.println();
    beside(report.excluded());
    report.findings(false).forEach(this::finding);
    report.findings(true).forEach(this::finding);
    more(report);
    report.behind().forEach(behind -> out.println("Under way: " + behind));
    out.println(equation(report.total()));
    out.println(verdict(report));
  }

  private void table(AuditReport report) {
    Table table =
        new Table(
            "SOURCE",
            "HOUR (UTC)",
            "DELIVERIES",
            "ACCEPTED",
            "ORDERED",
            "LATE",
            "DUPLICATE",
            "DEAD",
            "NOTHING",
            "SUPPRESSED",
            "WAITING",
            "UNDER WAY",
            "MISSING",
            "DOUBLED");
    for (Row row : rows(report.hours())) {
      row(row.counts().source(), row.hours(), row.counts(), table);
    }
    row("all", "", report.total(), table);
    table.print(out);
  }

  private List<Row> rows(List<HourCounts> hours) {
    List<Row> rows = new ArrayList<>();
    for (HourCounts hour : hours) {
      if (!rows.isEmpty() && !everyHour && rows.getLast().takes(hour)) {
        rows.set(rows.size() - 1, rows.getLast().with(hour));
      } else {
        rows.add(new Row(hour.hour(), hour));
      }
    }
    return rows;
  }

  /**
   * One line of the table.
   *
   * @param last the last of its hours
   */
  private record Row(Instant last, HourCounts counts) {
    boolean takes(HourCounts next) {
      return counts.source().equals(next.source()) && counts.isQuiet() && next.isQuiet();
    }

    Row with(HourCounts next) {
      return new Row(next.hour(), counts.plus(next));
    }

    String hours() {
      String first = HOUR.format(counts.hour());
      return counts.hour().equals(last)
          ? first
          : first + " to " + HOUR.format(last.plus(Duration.ofMinutes(59)));
    }
  }

  private static void row(String source, String hours, HourCounts of, Table table) {
    table.row(
        source,
        hours,
        Long.toString(of.deliveries()),
        Long.toString(of.accepted()),
        Long.toString(of.ordered()),
        Long.toString(of.late()),
        Long.toString(of.duplicate()),
        Long.toString(of.dead()),
        Long.toString(of.nothing()),
        Long.toString(of.suppressed()),
        Long.toString(of.waiting()),
        Long.toString(of.underWay()),
        Long.toString(of.missing()),
        Long.toString(of.doubled()));
  }

  private void beside(Excluded beside) {
    if (beside.raised() > 0) {
      out.printf(
          "%d events were raised by Millrace itself and belong to no delivery%n", beside.raised());
    }
    if (beside.expired() > 0) {
      out.printf(
          "%d outcomes belong to deliveries that have expired, and were not audited%n",
          beside.expired());
    }
    if (beside.later() > 0) {
      out.printf(
          "%d outcomes belong to deliveries that arrived after the audit had begun%n",
          beside.later());
    }
  }

  private void finding(Finding finding) {
    out.printf("%s  %s%s%n", finding.kind(), subject(finding), arrival(finding));
    out.println(INDENTED + finding.text());
    finding.deliveryId().ifPresent(id -> out.println(INDENTED + "delivery " + id));
    out.println(
        INDENTED
            + "at "
            + finding.places().stream().map(Place::toString).collect(Collectors.joining(", ")));
  }

  private static String subject(Finding finding) {
    return finding
        .event()
        .map(Finding.EventName::toString)
        .or(() -> finding.deliveryId().map(id -> "A part of delivery " + id))
        .orElseGet(() -> "The record at " + finding.places().getLast());
  }

  private static String arrival(Finding finding) {
    return finding.source().isEmpty() || finding.hour().isEmpty()
        ? ""
        : " (%s, %s)".formatted(finding.source().get(), HOUR.format(finding.hour().get()));
  }

  private void more(AuditReport report) {
    Map<Finding.Kind, Long> told =
        report.findings().stream()
            .collect(Collectors.groupingBy(Finding::kind, Collectors.counting()));
    report
        .counts()
        .forEach(
            (kind, count) -> {
              long left = count - told.getOrDefault(kind, 0L);
              if (left > 0) {
                out.printf("%s  ... and %d more; raise --limit to list them%n", kind, left);
              }
            });
  }

  private static String equation(HourCounts total) {
    return ("accepted %d, ended %d = %d ordered + %d late + %d duplicate + %d dead + %d nothing"
            + " + %d suppressed")
        .formatted(
            total.accepted(),
            total.ordered()
                + total.late()
                + total.duplicate()
                + total.dead()
                + total.nothing()
                + total.suppressed(),
            total.ordered(),
            total.late(),
            total.duplicate(),
            total.dead(),
            total.nothing(),
            total.suppressed());
  }

  private static String verdict(AuditReport report) {
    HourCounts total = report.total();
    return switch (report.verdict()) {
      case BALANCED ->
          total.waiting() == 0
              ? "BALANCED"
              : "BALANCED, %d of them are waiting for their turn".formatted(total.waiting());
      case NOT_BALANCED ->
          "NOT BALANCED: "
              + report.counts().entrySet().stream()
                  .filter(count -> count.getKey().isWrong())
                  .map(count -> count.getValue() + " " + count.getKey())
                  .collect(Collectors.joining(", "));
      case UNDECIDED ->
          ("UNDECIDED: %d parts are still under way; check that the flow is running, or raise"
                  + " --wait")
              .formatted(total.underWay());
    };
  }
}

package io.millrace.bench.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The ledger as a table for a terminal, at most 112 columns wide. */
public final class LedgerText {
  private static final String FIGURE = "%-56s %18s %14s  %s";
  private static final int WIDTH = 110;

  private final boolean unicode;

  /**
   * @param unicode whether the terminal shows more than ASCII
   */
  public LedgerText(boolean unicode) {
    this.unicode = unicode;
  }

  public List<String> lines(LedgerReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Ledger of run " + report.run());
    lines.add(rule());
    sources(report, lines);
    section("requests refused", report.refusals(), lines);
    section("this run", report.totals(), lines);
    section("everything in the topics", report.balances(), lines);
    report.notes().forEach(note -> lines.add("note: " + note));
    report.mismatches().forEach(mismatch -> lines.add(mark(false) + " " + mismatch));
    lines.add(report.isBalanced() ? "BALANCED" : "DOES NOT BALANCE");
    return lines.stream().map(String::stripTrailing).toList();
  }

  private void sources(LedgerReport report, List<String> lines) {
    lines.add(
        row(
            "source",
            "",
            "deliveries",
            "refused",
            "events",
            "ordered",
            "duplicate",
            "late",
            "dead",
            "reordered",
            ""));
    Set<String> sources = new TreeSet<>(report.expected().keySet());
    sources.addAll(report.counted().keySet());
    SourceCounts allExpected = SourceCounts.NOTHING;
    SourceCounts allCounted = SourceCounts.NOTHING;
    for (String source : sources) {
      SourceCounts expected = of(report.expected(), source);
      SourceCounts counted = of(report.counted(), source);
      lines.add(row(source, "expected", expected, ""));
      lines.add(row("", "counted", counted, mark(expected.equals(counted))));
      allExpected = allExpected.plus(expected);
      allCounted = allCounted.plus(counted);
    }
    lines.add(row("all", "expected", allExpected, ""));
    lines.add(row("", "counted", allCounted, mark(allExpected.equals(allCounted))));
    lines.add(rule());
  }

  private void section(String title, List<Figure> figures, List<String> lines) {
    if (figures.isEmpty()) {
      return;
    }
    lines.add(String.format(Locale.ROOT, FIGURE, title, "expected", "counted", ""));
    for (Figure figure : figures) {
      lines.add(
          String.format(
              Locale.ROOT,
              FIGURE,
              "  " + figure.name(),
              figure.expected(),
              figure.counted(),
              mark(figure.holds())));
    }
    lines.add(rule());
  }

  private static SourceCounts of(Map<String, SourceCounts> counts, String source) {
    return counts.getOrDefault(source, SourceCounts.NOTHING);
  }

  private static String row(String source, String which, SourceCounts counts, String mark) {
    return row(
        source,
        which,
        counts.deliveries(),
        counts.refused(),
        counts.events(),
        counts.ordered(),
        counts.duplicate(),
        counts.late(),
        counts.dead(),
        counts.reordered(),
        mark);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-10s %-9s %10s %8s %8s %8s %10s %6s %6s %10s  %s", cells);
  }

  private String mark(boolean holds) {
    if (unicode) {
      return holds ? "✓" : "✗";
    }
    return holds ? "ok" : "!!";
  }

  private String rule() {
    return (unicode ? "─" : "-").repeat(WIDTH);
  }
}

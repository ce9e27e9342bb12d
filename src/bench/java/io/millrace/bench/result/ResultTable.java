package io.millrace.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A result for people: a line for each figure, with its limit and its ratio to the reference. */
public final class ResultTable {
  private ResultTable() {}

  /**
   * The lines to print.
   *
   * @param unicode whether the terminal shows ✓ and ✗
   */
  public static List<String> lines(BenchResult result, boolean unicode) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "", "measured", "limit", "", "compared with"));
    String subject = "";
    for (Figure figure : result.figures()) {
      boolean isSame = figure.subject().equals(subject);
      subject = figure.subject();
      rows.add(
          List.of(
              isSame ? "" : subject,
              figure.name(),
              number(figure.value()),
              limit(figure),
              mark(figure, unicode),
              comparison(figure)));
    }
    List<String> lines = new ArrayList<>(aligned(rows));
    lines.add("");
    lines.addAll(result.notes());
    result.wrong().forEach(fault -> lines.add("WRONG: " + fault));
    return lines;
  }

  /** A number with its significant digits. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format =
        size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** The limit in words; empty without one. */
  public static String limit(Figure figure) {
    return figure
        .limit()
        .map(
            it ->
                (it.isMost() ? "at most " : "at least ")
                    + number(it.value())
                    + (it.ofRatio() ? "x" : ""))
        .orElse("");
  }

  /** Whether the limit is met, as a mark; empty without one. */
  public static String mark(Figure figure, boolean unicode) {
    Optional<Boolean> within = figure.isWithinLimit();
    return within.map(it -> it ? unicode ? "✓" : "ok" : unicode ? "✗" : "NO").orElse("");
  }

  /** The ratio to the reference in words; empty without one. */
  public static String comparison(Figure figure) {
    return figure
        .reference()
        .map(
            it ->
                "%s (%s)%s"
                    .formatted(
                        it.subject(),
                        number(it.value()),
                        figure.ratio().map(ratio -> ": " + number(ratio) + "x").orElse("")))
        .orElse("");
  }

  private static List<String> aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> aligned(row, widths)).toList();
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      // Numbers to the right, words to the left.
      String format = (column == 2 || column == 3 ? "%" : "%-") + Math.max(1, widths[column]) + "s";
      line.append(format.formatted(row.get(column))).append("  ");
    }
    return line.toString().stripTrailing();
  }
}

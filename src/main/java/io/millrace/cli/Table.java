package io.millrace.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prints rows in columns as wide as their widest cell. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param heads the header row; none for rows that explain themselves
   */
  public Table(String... heads) {
    if (heads.length > 0) {
      row(heads);
    }
  }

  /** Adds a row; a line break in a cell would look like a row of its own, and is escaped. */
  public void row(String... cells) {
    rows.add(Stream.of(cells).map(SafeText::line).toList());
  }

  public void print(PrintWriter out) {
    print(out, Integer.MAX_VALUE);
  }

  /**
   * Prints it no wider than the given width.
   *
   * @param columns the maximum width of a line; longer lines are cut
   */
  public void print(PrintWriter out, int columns) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int width = width(column);
        line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
      }
      String text = line.toString().stripTrailing();
      out.println(text.length() > columns ? text.substring(0, columns - 1) + "…" : text);
    }
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}

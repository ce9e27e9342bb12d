package io.millrace.bench.result;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Draws a result as a bar chart in SVG. Figures of one name share a scale; a limit is a line across
 * its bar.
 */
public final class BarChart {
  private static final int WIDTH = 860;
  private static final int LABEL_WIDTH = 400;
  private static final int VALUE_WIDTH = 90;
  private static final int ROW = 22;
  private static final int BAR = 14;
  private static final int HEADER = 56;

  private BarChart() {}

  /** The whole document. */
  public static String svg(BenchResult result) {
    List<Figure> figures = result.figures();
    int height = HEADER + figures.size() * ROW + 16;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        font-family="sans-serif" font-size="12">
        <rect width="%d" height="%d" fill="#ffffff"/>
        <text x="16" y="24" font-size="16" fill="#1f2933">bench %s, %s</text>
        <text x="16" y="42" fill="#52606d">%s</text>
        """
            .formatted(
                WIDTH,
                height,
                WIDTH,
                height,
                WIDTH,
                height,
                escaped(result.bench()),
                result.at().toString().substring(0, 10),
                escaped(String.join(" · ", result.setting().values()))));
    for (int row = 0; row < figures.size(); row++) {
      svg.append(bar(figures.get(row), scale(figures, figures.get(row)), HEADER + row * ROW));
    }
    return svg.append("</svg>\n").toString();
  }

  /** The value of the full width. */
  private static double scale(List<Figure> figures, Figure figure) {
    double largest =
        figures.stream()
            .filter(other -> other.name().equals(figure.name()))
            .mapToDouble(other -> Math.max(other.value(), bound(other)))
            .max()
            .orElse(0);
    return largest > 0 ? largest : 1;
  }

  private static double bound(Figure figure) {
    return figure
        .limit()
        .flatMap(
            limit ->
                limit.ofRatio()
                    ? figure.reference().map(it -> it.value() * limit.value())
                    : Optional.of(limit.value()))
        .orElse(0.0);
  }

  private static String bar(Figure figure, double scale, int top) {
    double room = WIDTH - LABEL_WIDTH - VALUE_WIDTH - 16.0;
    double length = Math.max(0, figure.value()) / scale * room;
    String colour =
        figure.isWithinLimit().map(within -> within ? "#2f855a" : "#c53030").orElse("#627d98");
    StringBuilder bar = new StringBuilder();
    bar.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#1f2933\">%s</text>%n",
            LABEL_WIDTH - 8,
            top + 11,
            escaped(figure.subject() + ": " + figure.name())));
    bar.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            LABEL_WIDTH,
            top,
            length,
            BAR,
            colour));
    double bound = bound(figure);
    if (bound > 0) {
      double at = LABEL_WIDTH + bound / scale * room;
      bar.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#1f2933\""
                  + " stroke-width=\"2\"/>%n",
              at,
              top - 3,
              at,
              top + BAR + 3));
    }
    bar.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%d\" fill=\"#1f2933\">%s</text>%n",
            LABEL_WIDTH + Math.max(length, bound / scale * room) + 6,
            top + 11,
            ResultTable.number(figure.value())));
    return bar.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

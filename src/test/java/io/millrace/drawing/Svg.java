package io.millrace.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawing in SVG that is readable on light and on dark pages. */
final class Svg {
  static final int WIDTH = 880;

  private static final String STYLE =
      """
      <style>
      text { font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; font-size: 12px; fill: #1f2328 }
      .title { font-size: 15px; font-weight: 600 }
      .name { font-weight: 600 }
      .small { font-size: 10.5px; fill: #59636e }
      .page { fill: #ffffff }
      .panel { fill: #f6f8fa; stroke: #d1d9e0 }
      .step { fill: #ffffff; stroke: #59636e }
      .topic { fill: #ddf4ff; stroke: #0969da }
      .dead { fill: #ffebe9; stroke: #cf222e }
      .dot { fill: #cf222e }
      .store { fill: #fff8c5; stroke: #9a6700 }
      .line { fill: none; stroke: #59636e; stroke-width: 1.4 }
      .flow { fill: none; stroke: #0969da; stroke-width: 1.4 }
      .halo { fill: none; stroke: #f6f8fa; stroke-width: 6 }
      .head { fill: #59636e }
      .flowhead { fill: #0969da }
      @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .small { fill: #9198a1 }
      .page { fill: #0d1117 }
      .panel { fill: #151b23; stroke: #3d444d }
      .step { fill: #212830; stroke: #9198a1 }
      .topic { fill: #0c2d57; stroke: #4493f8 }
      .dead { fill: #4b1113; stroke: #f85149 }
      .dot { fill: #f85149 }
      .store { fill: #3b2e0a; stroke: #d29922 }
      .line { stroke: #9198a1 }
      .flow { stroke: #4493f8 }
      .halo { stroke: #151b23 }
      .head { fill: #9198a1 }
      .flowhead { fill: #4493f8 }
      }
      </style>
      """;

  /** A box that must not lie on another one of its kind. */
  record Box(String name, int left, int top, int width, int height) {
    int right() {
      return left + width;
    }

    int bottom() {
      return top + height;
    }

    int middle() {
      return left + width / 2;
    }

    Box movedBy(int right, int down) {
      return new Box(name, left + right, top + down, width, height);
    }

    boolean contains(Box other) {
      return left <= other.left
          && top <= other.top
          && other.right() <= right()
          && other.bottom() <= bottom();
    }

    boolean overlaps(Box other) {
      return left < other.right()
          && other.left < right()
          && top < other.bottom()
          && other.top < bottom();
    }
  }

  private final StringBuilder body = new StringBuilder();
  private final List<Box> boxes = new ArrayList<>();
  private int height;

  /** The size text takes at most, in a wide font. */
  static int widthOf(String text) {
    return (int) Math.ceil(text.length() * 7.5);
  }

  void panel(String title, Box box) {
    rect(box, "panel", 8);
    text(box.left() + 14, box.top() + 24, "title", title);
  }

  void step(Box box) {
    boxes.add(box);
    rect(box, "step", 4);
    text(box.left() + 10, box.top() + Math.min(22, box.height() / 2 + 4), "name", box.name());
  }

  void topic(Box box) {
    boxes.add(box);
    rect(box, box.name().startsWith("dead-letters") ? "dead" : "topic", box.height() / 2);
    centred(box, box.top() + box.height() / 2 + 4);
  }

  void store(Box box) {
    boxes.add(box);
    double across = box.width() / 2.0;
    body.append(
        String.format(
            Locale.ROOT,
            "<path class=\"store\" d=\"M%d %d a%.1f 4 0 0 1 %d 0 v%d a%.1f 4 0 0 1 -%d 0 z\"/>%n",
            box.left(),
            box.top() + 4,
            across,
            box.width(),
            box.height() - 8,
            across,
            box.width()));
    body.append(
        String.format(
            Locale.ROOT,
            "<path class=\"store\" fill=\"none\" d=\"M%d %d a%.1f 4 0 0 0 %d 0\"/>%n",
            box.left(),
            box.top() + 4,
            across,
            box.width()));
    centred(box, box.bottom() - 7);
    grow(box.bottom());
  }

  void dot(int x, int y) {
    body.append(
        String.format(Locale.ROOT, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"4\"/>%n", x, y));
    grow(y + 4);
  }

  void text(int x, int y, String kind, String text) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n",
            kind,
            x,
            y,
            escaped(text)));
    grow(y);
  }

  void line(String kind, int... points) {
    StringBuilder path = new StringBuilder();
    for (int point = 0; point < points.length; point += 2) {
      path.append(
          String.format(
              Locale.ROOT, "%s%d %d", point == 0 ? "M" : " L", points[point], points[point + 1]));
      grow(points[point + 1]);
    }
    body.append(String.format(Locale.ROOT, "<path class=\"%s\" d=\"%s\"/>%n", kind, path));
  }

  /** A line that ends in a head. */
  void arrow(String kind, int... points) {
    int last = points.length - 2;
    line(kind, points);
    int x = points[last];
    int y = points[last + 1];
    boolean isDown = points[last - 1] != y;
    String pattern =
        isDown
            ? "<path class=\"%s\" d=\"M%d %d l-4 -8 h8 z\"/>%n"
            : "<path class=\"%s\" d=\"M%d %d l-8 -4 v8 z\"/>%n";
    String head = kind.equals("flow") ? "flowhead" : "head";
    body.append(String.format(Locale.ROOT, pattern, head, x, y));
  }

  /** The head of an arrow to the right. */
  void head(int x, int y) {
    body.append(
        String.format(Locale.ROOT, "<path class=\"head\" d=\"M%d %d l-8 -4 v8 z\"/>%n", x, y));
  }

  private void rect(Box box, String kind, int round) {
    body.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>%n",
            kind,
            box.left(),
            box.top(),
            box.width(),
            box.height(),
            round));
    grow(box.bottom());
  }

  private void centred(Box box, int y) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
            box.middle(),
            y,
            escaped(box.name())));
  }

  private void grow(int bottom) {
    height = Math.max(height, bottom);
  }

  /** The boxes of topics, steps and stores. */
  List<Box> boxes() {
    return List.copyOf(boxes);
  }

  /** The whole document. */
  String document(String about) {
    int whole = height + 16;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\" role=\"img\">%n<title>%s</title>%n",
            WIDTH,
            whole,
            WIDTH,
            whole,
            escaped(about))
        + STYLE
        + String.format(
            Locale.ROOT,
            "<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n",
            WIDTH,
            whole)
        + body
        + "</svg>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

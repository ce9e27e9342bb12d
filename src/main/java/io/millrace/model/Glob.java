package io.millrace.model;

import java.util.List;

/**
 * A pattern in which {@code *} matches any text: {@code *.propertyChange}.
 *
 * @param pieces the text between the stars, in order; a single piece when there is no star
 */
public record Glob(String written, List<String> pieces) {

  public Glob {
    pieces = List.copyOf(pieces);
  }

  public static Glob of(String written) {
    return new Glob(written, List.of(written.split("\\*", -1)));
  }

  public boolean matches(String text) {
    String first = pieces.getFirst();
    if (pieces.size() == 1) {
      return text.equals(first);
    }
    String last = pieces.getLast();
    int end = text.length() - last.length();
    if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    return holdsBetween(text, first.length(), end);
  }

  /** Matching each piece as early as possible leaves most room for the others. */
  private boolean holdsBetween(String text, int start, int end) {
    int from = start;
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      int at = text.indexOf(piece, from);
      if (at < 0 || at + piece.length() > end) {
        return false;
      }
      from = at + piece.length();
    }
    return true;
  }

  @Override
  public String toString() {
    return written;
  }
}

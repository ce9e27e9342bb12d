package io.millrace.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Suggests known names for a mistyped one. */
public final class Suggestions {
  private static final int MAX_SUGGESTIONS = 3;

  private Suggestions() {}

  /** The remedy for an unknown name: the nearest known names, otherwise all of them. */
  public static String remedy(String name, Collection<String> known) {
    if (known.isEmpty()) {
      return "declare it first";
    }
    List<String> near = near(name, known);
    return near.isEmpty()
        ? "use one of " + known.stream().sorted().collect(Collectors.joining(", "))
        : "did you mean " + String.join(" or ", near) + "?";
  }

  /** The known names nearest to a mistyped one, nearest first; none if none is near. */
  public static List<String> near(String typed, Collection<String> known) {
    int reach = Math.max(2, typed.length() / 3);
    return known.stream()
        .filter(
            name ->
                distance(typed, name) <= reach
                    || (typed.length() > 2 && (name.startsWith(typed) || typed.startsWith(name))))
        .sorted(
            Comparator.<String>comparingInt(name -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MAX_SUGGESTIONS)
        .toList();
  }

  /** Levenshtein's distance: how many letters to add, drop or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int same = from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1;
        int next = Math.min(diagonal + same, Math.min(row[column], row[column - 1]) + 1);
        diagonal = row[column];
        row[column] = next;
      }
    }
    return row[to.length()];
  }
}

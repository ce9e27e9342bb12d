package io.millrace.flow.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Makes what fails small enough to be understood: fewer parts, and plainer ones. */
public final class Shrinking {
  private Shrinking() {}

  /**
   * A part of the list that still fails and of which no single element can be left out.
   *
   * @param fails whether a list fails; it does for the one that is given
   */
  public static <T> List<T> fewest(List<T> failing, Predicate<List<T>> fails) {
    List<T> smallest = failing;
    int chunk = Math.max(1, failing.size() / 2);
    while (true) {
      List<T> before = smallest;
      for (int start = 0; start < smallest.size(); ) {
        List<T> fewer = without(smallest, start, chunk);
        if (!fewer.isEmpty() && fails.test(fewer)) {
          smallest = fewer;
        } else {
          start += chunk;
        }
      }
      if (chunk == 1 && smallest.size() == before.size()) {
        return smallest;
      }
      chunk = Math.max(1, Math.min(chunk / 2, smallest.size() / 2));
    }
  }

  /** The same list with every element as plain as it can be while the list still fails. */
  public static <T> List<T> plainest(
      List<T> failing, UnaryOperator<T> plainer, Predicate<List<T>> fails) {
    List<T> plain = new ArrayList<>(failing);
    for (int i = 0; i < plain.size(); i++) {
      T before = plain.get(i);
      plain.set(i, plainer.apply(before));
      if (!fails.test(List.copyOf(plain))) {
        plain.set(i, before);
      }
    }
    return List.copyOf(plain);
  }

  private static <T> List<T> without(List<T> list, int start, int count) {
    List<T> rest = new ArrayList<>(list.subList(0, start));
    rest.addAll(list.subList(Math.min(list.size(), start + count), list.size()));
    return List.copyOf(rest);
  }
}

package io.millrace.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sets of connected identifiers while they are united: union-find. */
final class Unions {
  private final List<Node> nodes;
  private final Map<String, Integer> places = new HashMap<>();
  private final int[] parents;

  /** Records that were merged, which count once. */
  private final int[] mergedInto;

  private final Tally[] tallies;
  private final List<Pair> splits = new ArrayList<>();

  Unions(Collection<Node> component) {
    nodes = List.copyOf(component);
    parents = new int[nodes.size()];
    mergedInto = new int[nodes.size()];
    tallies = new Tally[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      places.put(node.id(), i);
      parents[i] = i;
      mergedInto[i] = i;
      tallies[i] = Tally.one(node.kindOfSystem());
    }
  }

  private record Pair(int one, int other) {}

  private record Counted(int root, int merged, Tally.KindOfSystem kind) {}

  List<Node> nodes() {
    return nodes;
  }

  /** Notes that two are never one. */
  void split(String one, String other) {
    Integer second = places.get(other);
    if (second != null) {
      splits.add(new Pair(place(one), second));
    }
  }

  boolean isOne(Tie tie) {
    return root(parents, place(tie.first().id())) == root(parents, place(tie.second().id()));
  }

  boolean isSplit(Tie tie) {
    if (splits.isEmpty()) {
      return false;
    }
    int one = root(parents, place(tie.first().id()));
    int other = root(parents, place(tie.second().id()));
    for (Pair split : splits) {
      int first = root(parents, split.one());
      int second = root(parents, split.other());
      if ((first == one && second == other) || (first == other && second == one)) {
        return true;
      }
    }
    return false;
  }

  Tally tally(Node node) {
    return tallies[root(parents, place(node.id()))];
  }

  Node root(Node node) {
    return nodes.get(root(parents, place(node.id())));
  }

  /** Unites the two sides of a tie; a merge counts even if they are one already. */
  void unite(Tie tie) {
    int one = root(parents, place(tie.first().id()));
    int other = root(parents, place(tie.second().id()));
    if (one != other) {
      boolean isLarger = tallies[one].members() >= tallies[other].members();
      int into = isLarger ? one : other;
      parents[isLarger ? other : one] = into;
      tallies[into] = tallies[one].and(tallies[other]);
    }
    if (tie.relation() == Relation.MERGED) {
      join(place(tie.first().id()), place(tie.second().id()));
    }
  }

  private void join(int one, int other) {
    mergedInto[root(mergedInto, one)] = root(mergedInto, other);
  }

  /** Counts what is united so far, merged records once. */
  void count() {
    Map<Integer, Map<Tally.KindOfSystem, Integer>> counts = new HashMap<>();
    Set<Counted> counted = new HashSet<>();
    for (int i = 0; i < parents.length; i++) {
      int root = root(parents, i);
      Tally.KindOfSystem kind = nodes.get(i).kindOfSystem();
      if (counted.add(new Counted(root, root(mergedInto, i), kind))) {
        counts.computeIfAbsent(root, added -> new HashMap<>()).merge(kind, 1, Integer::sum);
      }
    }
    counts.forEach((root, has) -> tallies[root] = new Tally(tallies[root].members(), has));
  }

  private int place(String id) {
    return Optional.ofNullable(places.get(id))
        .orElseThrow(() -> new IllegalStateException(id + " is not in the component"));
  }

  private static int root(int[] parents, int place) {
    int at = place;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }
}

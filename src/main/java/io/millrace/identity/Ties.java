package io.millrace.identity;

import io.millrace.event.LinkedIdentifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** The links that count, and what they connect. */
final class Ties {
  private final Nodes nodes;
  private final GraphLimits limits;

  Ties(Nodes nodes, GraphLimits limits) {
    this.nodes = nodes;
    this.limits = limits;
  }

  /** The ties of an identifier. */
  List<Tie> of(Node node) {
    List<Tie> ties = strong(node);
    if (!node.isBlocked() && !node.isShared()) {
      node.named().forEach(edge -> find(node, edge).ifPresent(ties::add));
    }
    return ties;
  }

  /** Those that unite whatever a limit says. */
  List<Tie> strong(Node node) {
    List<Tie> ties = new ArrayList<>();
    if (node.isBlocked()) {
      return ties;
    }
    for (LinkedIdentifier other : node.decided(Decided.Decision.JOIN)) {
      joined(node, other).ifPresent(ties::add);
    }
    for (Edge edge : node.merged()) {
      find(node, edge).ifPresent(ties::add);
    }
    return ties;
  }

  private Optional<Tie> joined(Node node, LinkedIdentifier other) {
    return nodes
        .find(other.getId())
        .filter(end -> !end.isBlocked() && limits.mayJoin(node.identifier(), other))
        .flatMap(end -> node.decided(other.getId()).map(join -> Tie.decided(node, end, join.at())));
  }

  /** The tie of a link, if it counts. */
  Optional<Tie> find(Node node, Edge edge) {
    return nodes
        .find(edge.other().getId())
        .filter(other -> counts(node, edge, other))
        .map(other -> Tie.of(node, other, edge));
  }

  private boolean counts(Node node, Edge edge, Node other) {
    boolean speaks = edge.relation() == Relation.MERGED || (!node.isShared() && !other.isShared());
    return speaks
        && !node.isBlocked()
        && !other.isBlocked()
        && limits.mayJoin(node.identifier(), edge.other())
        && node.edge(edge.relation(), other.id()).isPresent()
        && other.edge(edge.relation(), node.id()).isPresent();
  }

  /** Whether the identifier at the other end of one of its links has enough earlier ones. */
  boolean isDropped(Node node) {
    for (Edge edge : node.edges()) {
      Optional<Node> other = nodes.find(edge.other().getId());
      if (other.isPresent() && other.get().edge(edge.relation(), node.id()).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is connected with an identifier.
   *
   * @param through whether the search goes on to an identifier; the others are left out
   */
  Collection<Node> connected(Node start, Predicate<Node> through) {
    return search(start, true, through, Integer.MAX_VALUE).values();
  }

  /**
   * Like {@link #connected}, but through those ties alone that unite whatever a limit says; ends
   * when it has found more than {@code most}.
   */
  Collection<Node> strongly(Node start, Predicate<Node> through, int most) {
    return search(start, false, through, most).values();
  }

  /** Ends when it has found more than {@code most}, or an identifier at which it may end. */
  Found upTo(int most, Node start, Predicate<Node> end) {
    boolean[] ended = new boolean[1];
    SequencedMap<String, Node> found =
        search(
            start,
            true,
            node -> {
              ended[0] |= end.test(node);
              return !ended[0];
            },
            most);
    return new Found(found.values(), ended[0] || found.size() > most);
  }

  /**
   * Connected identifiers.
   *
   * @param isTooWide whether there are more than can be looked at together
   */
  record Found(Collection<Node> nodes, boolean isTooWide) {}

  private SequencedMap<String, Node> search(
      Node start, boolean all, Predicate<Node> through, int most) {
    SequencedMap<String, Node> found = new LinkedHashMap<>();
    if (!through.test(start)) {
      return found;
    }
    found.put(start.id(), start);
    Deque<Node> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty() && found.size() <= most) {
      Node node = next.remove();
      for (Tie tie : all ? of(node) : strong(node)) {
        Node other = tie.other(node);
        if (!found.containsKey(other.id()) && through.test(other)) {
          found.put(other.id(), other);
          next.add(other);
        }
      }
    }
    return found;
  }
}

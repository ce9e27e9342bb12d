package io.millrace.identity;

import io.millrace.event.JoinedBy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The usual case: a link between identifiers of people that no limit keeps apart from anything, and
 * that are together within the limits. Then the order of links does not matter, and only
 * identifiers that get another owner are looked at.
 */
final class Uniting {
  private static final Tally NOBODY = new Tally(0, Map.of());

  private final Nodes nodes;
  private final Ties ties;
  private final GraphLimits limits;

  Uniting(Nodes nodes, Ties ties, GraphLimits limits) {
    this.nodes = nodes;
    this.ties = ties;
    this.limits = limits;
  }

  /** Whether it was the usual case. */
  boolean unite(Node one, Node other) {
    if (one.reach() != Reach.UNITED || other.reach() != Reach.UNITED) {
      return false;
    }
    Node first = nodes.get(one.owner());
    Node second = nodes.get(other.owner());
    boolean isOne = first == second;
    if (!isOne
        && (first.tally().exceedsMost(second.tally(), limits)
            || first.tally().exceedsLargest(second.tally(), limits))) {
      return false;
    }
    Tally has = isOne ? first.tally() : first.tally().and(second.tally());
    Node owner = Stream.of(first, second, one, other).min(Node.STRONGEST).orElseThrow();
    // Both sides are found before either changes: they are told apart by their owners.
    Collection<Node> firstSide = first == owner ? List.of() : side(one);
    Collection<Node> secondSide = isOne || second == owner ? List.of() : side(other);
    firstSide.forEach(node -> own(node, owner));
    secondSide.forEach(node -> own(node, owner));
    Standing standing = new Standing(owner.id(), IdentityState.JOINED, Optional.empty(), List.of());
    nodes.settle(owner, standing, Reach.UNITED, has);
    Set<Node> ends = new LinkedHashSet<>(List.of(one, other, first, second));
    ends.remove(owner);
    ends.forEach(this::explain);
    return true;
  }

  private Collection<Node> side(Node node) {
    String owner = node.owner();
    return ties.connected(node, each -> each.owner().equals(owner));
  }

  private void own(Node node, Node owner) {
    nodes.settle(node, node.standing().withOwner(owner.id()), Reach.UNITED, NOBODY);
  }

  /** The first of its ties: all of them are within its person or account. */
  private void explain(Node node) {
    Optional<JoinedBy> joinedBy = ties.of(node).stream().min(Tie.ORDER).map(tie -> tie.joins(node));
    nodes.settle(node, node.standing().withJoinedBy(joinedBy), Reach.UNITED, node.tally());
  }
}

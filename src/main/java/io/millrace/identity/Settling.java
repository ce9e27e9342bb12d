package io.millrace.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Works out anew where identifiers belong whose links have changed, with everything they are
 * connected with. What is too wide to be looked at together is held.
 */
final class Settling {
  private final Nodes nodes;
  private final Ties ties;
  private final GraphLimits limits;

  /** Whether links were taken away, so that what was held need not be held any more. */
  private final boolean mayFallApart;

  private final Set<String> settled = new HashSet<>();
  private final Set<String> tooWide = new HashSet<>();
  private final Set<Node> toUnite = new LinkedHashSet<>();
  private final List<HeldIdentifiers> held = new ArrayList<>();

  Settling(Nodes nodes, Ties ties, GraphLimits limits, boolean mayFallApart) {
    this.nodes = nodes;
    this.ties = ties;
    this.limits = limits;
    this.mayFallApart = mayFallApart;
  }

  List<HeldIdentifiers> settle(Collection<Node> changed) {
    for (Node node : changed) {
      if (!settled.contains(node.id())) {
        settle(node);
      }
    }
    // When everything that is held is known: it may be united across what was looked at above.
    Set<String> united = new HashSet<>();
    for (Node node : toUnite) {
      if (!united.contains(node.id())) {
        uniteStrongly(node, united);
      }
    }
    return held;
  }

  private void settle(Node node) {
    Predicate<Node> isWide =
        each -> tooWide.contains(each.id()) || (!mayFallApart && each.reach() == Reach.HELD);
    Ties.Found found = ties.upTo(limits.widest(), node, isWide);
    if (found.isTooWide()) {
      found.nodes().forEach(each -> tooWide.add(each.id()));
      hold(node);
    } else {
      place(found.nodes(), false);
    }
  }

  private void hold(Node node) {
    Collection<Node> added =
        ties.connected(node, each -> each.reach() != Reach.HELD && !settled.contains(each.id()));
    if (!added.isEmpty()) {
      held.add(new HeldIdentifiers(node.id(), added.size()));
    }
    added.forEach(this::standAlone);
    toUnite.addAll(added);
    toUnite.add(node);
  }

  /** Decisions and merges still unite, unless that would be too many as well. */
  private void uniteStrongly(Node node, Set<String> united) {
    Collection<Node> strong = ties.strongly(node, each -> true, limits.largest());
    if (strong.size() <= limits.largest()) {
      place(strong, true);
      strong.forEach(each -> united.add(each.id()));
      return;
    }
    String owner = node.owner();
    ties.strongly(node, each -> each.owner().equals(owner), Integer.MAX_VALUE)
        .forEach(this::standAlone);
  }

  private void standAlone(Node node) {
    IdentityState state = node.aloneBecause(IdentityState.HELD);
    nodes.settle(
        node, Standing.alone(node.id(), state), Reach.HELD, Tally.one(node.kindOfSystem()));
  }

  private void place(Collection<Node> component, boolean isHeld) {
    for (ComponentSolver.Place place :
        new ComponentSolver(component, ties, limits, isHeld).solve()) {
      nodes.settle(place.node(), place.standing(), place.reach(), place.tally());
      if (!isHeld) {
        settled.add(place.node().id());
      }
    }
  }
}

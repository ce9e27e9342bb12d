package io.millrace.identity;

import io.millrace.event.JoinedBy;
import io.millrace.event.LinkedIdentifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The people or accounts among connected identifiers: links unite in one order, and each only if no
 * limit is exceeded. What comes out depends on the links and decisions alone.
 */
final class ComponentSolver {
  private static final Tally NOBODY = new Tally(0, Map.of());

  private final GraphLimits limits;
  private final Ties ties;
  private final Unions unions;
  private final boolean isHeld;
  private final List<Refused> refused = new ArrayList<>();
  private final List<Tie> ordered = new ArrayList<>();
  private boolean isLimited;

  /**
   * Solves a component.
   *
   * @param isHeld whether only decisions and merges unite, because it is too large
   */
  ComponentSolver(Collection<Node> component, Ties ties, GraphLimits limits, boolean isHeld) {
    this.limits = limits;
    this.ties = ties;
    this.isHeld = isHeld;
    this.unions = new Unions(component);
  }

  /** Where an identifier belongs. */
  record Place(Node node, Standing standing, Reach reach, Tally tally) {}

  private record Refused(Tie tie, IdentityState because) {}

  List<Place> solve() {
    collect();
    for (Tie tie : ordered) {
      if (tie.relation().isStrong()) {
        unite(tie);
      }
    }
    unions.count();
    for (Tie tie : ordered) {
      if (!tie.relation().isStrong()) {
        unite(tie);
      }
    }
    isLimited |= !refused.isEmpty();
    return places();
  }

  private void collect() {
    for (Node node : unions.nodes()) {
      for (Tie tie : isHeld ? ties.strong(node) : ties.of(node)) {
        if (tie.first() == node) {
          ordered.add(tie);
        }
      }
      for (LinkedIdentifier other : node.decided(Decided.Decision.SPLIT)) {
        unions.split(node.id(), other.getId());
        // Also if the other one is not connected yet: it may become so.
        isLimited = true;
      }
    }
    ordered.sort(Tie.ORDER);
  }

  private void unite(Tie tie) {
    Optional<IdentityState> refusal = unions.isOne(tie) ? Optional.empty() : refusal(tie);
    refusal.ifPresentOrElse(
        because -> refused.add(new Refused(tie, because)), () -> unions.unite(tie));
  }

  private Optional<IdentityState> refusal(Tie tie) {
    if (unions.isSplit(tie)) {
      return Optional.of(IdentityState.ALONE);
    }
    if (tie.relation().isStrong()) {
      return Optional.empty();
    }
    Tally one = unions.tally(tie.first());
    Tally other = unions.tally(tie.second());
    if (one.exceedsMost(other, limits)) {
      return Optional.of(IdentityState.CONFLICT);
    }
    return one.exceedsLargest(other, limits) ? Optional.of(IdentityState.HELD) : Optional.empty();
  }

  private List<Place> places() {
    Map<Node, Node> owners = owners();
    Map<String, JoinedBy> joinedBy = joinedBy(owners);
    Map<String, Set<String>> apart = apart(owners);
    Map<String, IdentityState> because = because();
    List<Place> places = new ArrayList<>();
    for (Node node : unions.nodes()) {
      Tally has = unions.tally(node);
      Node owner = owner(node, owners);
      IdentityState state =
          has.members() > 1 ? IdentityState.JOINED : node.aloneBecause(apart(node, because));
      Standing standing =
          new Standing(
              owner.id(),
              state,
              Optional.ofNullable(joinedBy.get(node.id())),
              List.copyOf(apart.getOrDefault(node.id(), Set.of())));
      places.add(new Place(node, standing, reach(), node == owner ? has : NOBODY));
    }
    return places;
  }

  private Reach reach() {
    if (isHeld) {
      return Reach.HELD;
    }
    return isLimited ? Reach.LIMITED : Reach.UNITED;
  }

  private IdentityState apart(Node node, Map<String, IdentityState> because) {
    if (isHeld) {
      return IdentityState.HELD;
    }
    IdentityState known = because.getOrDefault(node.id(), IdentityState.ALONE);
    return known == IdentityState.ALONE && ties.isDropped(node) ? IdentityState.CONFLICT : known;
  }

  private Map<Node, Node> owners() {
    Map<Node, Node> owners = new HashMap<>();
    for (Node node : unions.nodes()) {
      owners.merge(unions.root(node), node, (a, b) -> Node.STRONGEST.compare(a, b) <= 0 ? a : b);
    }
    return owners;
  }

  private Node owner(Node node, Map<Node, Node> owners) {
    return owners.getOrDefault(unions.root(node), node);
  }

  /** The first tie of each identifier to another one of its person or account. */
  private Map<String, JoinedBy> joinedBy(Map<Node, Node> owners) {
    Map<String, JoinedBy> joinedBy = new HashMap<>();
    Set<Node> own = new HashSet<>(owners.values());
    for (Tie tie : ordered) {
      if (unions.isOne(tie)) {
        for (Node end : List.of(tie.first(), tie.second())) {
          if (!own.contains(end)) {
            joinedBy.computeIfAbsent(end.id(), id -> tie.joins(end));
          }
        }
      }
    }
    return joinedBy;
  }

  private Map<String, Set<String>> apart(Map<Node, Node> owners) {
    Map<String, Set<String>> apart = new HashMap<>();
    for (Refused each : refused) {
      Node first = each.tie().first();
      Node second = each.tie().second();
      apart.computeIfAbsent(first.id(), id -> new TreeSet<>()).add(owner(second, owners).id());
      apart.computeIfAbsent(second.id(), id -> new TreeSet<>()).add(owner(first, owners).id());
    }
    return apart;
  }

  /** Why an identifier is apart: HELD before CONFLICT before ALONE. */
  private Map<String, IdentityState> because() {
    Map<String, IdentityState> because = new HashMap<>();
    for (Refused each : refused) {
      for (Node end : List.of(each.tie().first(), each.tie().second())) {
        because.merge(end.id(), each.because(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
      }
    }
    return because;
  }
}

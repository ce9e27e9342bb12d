package io.millrace.identity;

import io.millrace.event.LinkedIdentifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An identifier in memory, with its links and where it belongs. */
final class Node {
  /** The strongest first: an owner is the strongest of its person or account. */
  static final Comparator<Node> STRONGEST =
      Comparator.comparingInt(Node::rank).thenComparing(Node::since).thenComparing(Node::id);

  private static final String ITSELF = "";

  private final LinkedIdentifier identifier;
  private final GraphLimits limits;
  private final Map<String, Edge> named = new HashMap<>();
  private final Map<String, Edge> merged = new HashMap<>();
  private final Map<String, Decided> decisions = new HashMap<>();
  private Instant since = Instant.MAX;
  private int stronger;
  private Reach reach = Reach.UNITED;
  private Tally tally;
  private Standing standing;

  Node(LinkedIdentifier identifier, GraphLimits limits) {
    this.identifier = identifier;
    this.limits = limits;
    tally = Tally.one(kindOfSystem());
    standing = Standing.alone(identifier.getId(), IdentityState.ALONE);
  }

  String id() {
    return identifier.getId();
  }

  LinkedIdentifier identifier() {
    return identifier;
  }

  Tally.KindOfSystem kindOfSystem() {
    return new Tally.KindOfSystem(identifier.getKind(), identifier.getSystem());
  }

  int rank() {
    return limits.rank(identifier.getKind());
  }

  /** Its earliest evidence. */
  Instant since() {
    return since;
  }

  Optional<Edge> edge(Relation relation, String other) {
    return Optional.ofNullable(edges(relation).get(other));
  }

  private Map<String, Edge> edges(Relation relation) {
    return relation == Relation.MERGED ? merged : named;
  }

  Collection<Edge> named() {
    return named.values();
  }

  Collection<Edge> merged() {
    return merged.values();
  }

  List<Edge> edges() {
    List<Edge> all = new ArrayList<>(merged.values());
    all.addAll(named.values());
    return all;
  }

  /** What {@link #keep} did. */
  sealed interface Kept {
    /** There are enough earlier ones, or it is known. */
    record Nothing() implements Kept {}

    record Added(Optional<Edge> dropped) implements Kept {}
  }

  /** Keeps a link if it is among the earliest of its kind, and drops the latest of them for it. */
  Kept keep(Edge edge) {
    Edge known = edges(edge.relation()).get(edge.other().getId());
    if (known != null) {
      if (edge.isEarlierThan(known)) {
        put(edge);
        return new Kept.Added(Optional.empty());
      }
      return new Kept.Nothing();
    }
    int alike = 0;
    Edge latest = edge;
    for (Edge other : edges(edge.relation()).values()) {
      if (other.isLike(edge)) {
        alike++;
        latest = Edge.ORDER.compare(other, latest) > 0 ? other : latest;
      }
    }
    boolean isFull = alike >= limits.kept(identifier, edge);
    if (isFull && latest.equals(edge)) {
      return new Kept.Nothing();
    }
    if (isFull) {
      drop(latest);
    }
    put(edge);
    return new Kept.Added(isFull ? Optional.of(latest) : Optional.empty());
  }

  void put(Edge edge) {
    Edge before = edges(edge.relation()).put(edge.other().getId(), edge);
    Instant at = edge.evidence().getOccurredAt();
    since = at.isBefore(since) ? at : since;
    if (before == null && countsAsStronger(edge)) {
      stronger++;
    }
  }

  private void drop(Edge edge) {
    edges(edge.relation()).remove(edge.other().getId());
    if (countsAsStronger(edge)) {
      stronger--;
    }
  }

  private boolean countsAsStronger(Edge edge) {
    return edge.relation() == Relation.NAMED && limits.isStronger(edge.other(), identifier);
  }

  boolean isShared() {
    return stronger > limits.shared(identifier.getKind());
  }

  boolean isBlocked() {
    return decision().isAboutOne();
  }

  private Decided.Decision decision() {
    Decided own = decisions.get(ITSELF);
    return own == null ? Decided.Decision.WITHDRAWN : own.decision();
  }

  Collection<Decided> decisions() {
    return decisions.values();
  }

  List<LinkedIdentifier> decided(Decided.Decision decision) {
    if (decisions.isEmpty()) {
      return List.of();
    }
    return decisions.values().stream()
        .filter(each -> each.decision() == decision)
        .flatMap(each -> each.other().stream())
        .toList();
  }

  Optional<Decided> decided(String other) {
    return Optional.ofNullable(decisions.get(other));
  }

  /** Whether the decision counts: one that is not the latest has no effect. */
  boolean decide(Decided decided) {
    String key = decided.other().map(LinkedIdentifier::getId).orElse(ITSELF);
    Decided known = decisions.get(key);
    if (known != null && !decided.isLaterThan(known)) {
      return false;
    }
    decisions.put(key, decided);
    return true;
  }

  /**
   * The state of an identifier that stands alone.
   *
   * @param apart why it does, if nothing about itself explains it
   */
  IdentityState aloneBecause(IdentityState apart) {
    return switch (decision()) {
      case BLOCK -> IdentityState.BLOCKED;
      case ERASED -> IdentityState.ERASED;
      case WITHDRAWN, JOIN, SPLIT -> isShared() ? IdentityState.SHARED : apart;
    };
  }

  Reach reach() {
    return reach;
  }

  Tally tally() {
    return tally;
  }

  Standing standing() {
    return standing;
  }

  String owner() {
    return standing.owner();
  }

  boolean isAlone() {
    return standing.state() != IdentityState.JOINED;
  }

  /** Whether this changes anything. */
  boolean settle(Standing to, Reach reached, Tally has) {
    if (standing.equals(to) && reach == reached && tally.equals(has)) {
      return false;
    }
    standing = to;
    reach = reached;
    tally = has;
    return true;
  }
}

package io.millrace.identity;

import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkedIdentifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which identifiers are one person, or one account, kept up to date with every link and decision.
 * The result depends on the set of links and decisions, not on their order or number. See
 * docs/identity.md for the rules.
 */
public final class IdentityGraph {
  /** Identifiers in memory; with their links a few hundred bytes each. */
  private static final int MOST_IN_MEMORY = 30_000;

  private final GraphLimits limits;
  private final Nodes nodes;
  private final Ties ties;

  public IdentityGraph(IdentityRules rules, GraphStore store) {
    this(new GraphLimits(rules), store, MOST_IN_MEMORY);
  }

  IdentityGraph(GraphLimits limits, GraphStore store, int mostInMemory) {
    this.limits = limits;
    nodes = new Nodes(store, limits, mostInMemory);
    ties = new Ties(nodes, limits);
  }

  /**
   * What an input changed.
   *
   * @param held what was held because of it
   */
  public record Outcome(List<AssignmentChange> changes, List<HeldIdentifiers> held) {
    public Outcome {
      changes = List.copyOf(changes);
      held = List.copyOf(held);
    }
  }

  /**
   * Adds a link, or earlier evidence of one.
   *
   * @throws IllegalArgumentException when it is not a link between two identifiers that may be one
   *     person or account; nothing has changed then
   */
  public Outcome link(IdentityLink link) {
    GraphInput.check(link, limits);
    return run(() -> add(link));
  }

  /**
   * Adds a decision.
   *
   * @throws IllegalArgumentException when it is not valid; nothing has changed then
   */
  public Outcome decide(IdentityDecision decision) {
    GraphInput.check(decision, limits);
    return run(() -> decided(decision));
  }

  private interface Work {
    List<HeldIdentifiers> run();
  }

  private Outcome run(Work work) {
    boolean isDone = false;
    try {
      List<HeldIdentifiers> held = work.run();
      Outcome outcome = new Outcome(nodes.write(), held);
      isDone = true;
      return outcome;
    } finally {
      if (!isDone) {
        nodes.discard();
      }
    }
  }

  private List<HeldIdentifiers> add(IdentityLink link) {
    Relation relation = Relation.valueOf(link.getRelation());
    Edge toFirst = new Edge(link.getFirst(), relation, link.getEvidence());
    Edge toSecond = new Edge(link.getSecond(), relation, link.getEvidence());
    // Usually the weaker one has few links, and has its row in memory.
    boolean isFirstWeaker =
        limits.rank(link.getFirst().getKind()) > limits.rank(link.getSecond().getKind());
    return isFirstWeaker
        ? add(link.getFirst(), toSecond, toFirst)
        : add(link.getSecond(), toFirst, toSecond);
  }

  private List<HeldIdentifiers> add(LinkedIdentifier identifier, Edge forward, Edge backward) {
    Optional<Edge> known =
        nodes
            .find(identifier.getId())
            .flatMap(node -> node.edge(forward.relation(), forward.other().getId()));
    if (known.filter(edge -> !forward.isEarlierThan(edge)).isPresent()) {
      return List.of();
    }
    Node node = nodes.getOrAdd(identifier);
    Node other = nodes.getOrAdd(forward.other());
    return settle(new LinkChange(node, forward).keep(), new LinkChange(other, backward).keep());
  }

  private List<HeldIdentifiers> settle(LinkChange one, LinkChange other) {
    one.changed().ifPresent(nodes::changed);
    other.changed().ifPresent(nodes::changed);
    Map<String, Node> freed = new LinkedHashMap<>();
    one.freed().forEach(id -> freed.put(id, nodes.get(id)));
    other.freed().forEach(id -> freed.put(id, nodes.get(id)));
    List<Node> ends = List.of(one.node(), other.node());
    if (!freed.isEmpty()) {
      ends.forEach(end -> freed.put(end.id(), end));
      return settle(new ArrayList<>(freed.values()), true);
    }
    if (ties.find(one.node(), one.edge()).isPresent()) {
      Uniting uniting = new Uniting(nodes, ties, limits);
      return uniting.unite(one.node(), other.node()) ? List.of() : settle(ends, false);
    }
    List<Node> alone =
        List.of(one, other).stream()
            .filter(LinkChange::changesItself)
            .map(LinkChange::node)
            .toList();
    return settle(alone, false);
  }

  private List<HeldIdentifiers> settle(List<Node> changed, boolean mayFallApart) {
    return new Settling(nodes, ties, limits, mayFallApart).settle(changed);
  }

  private List<HeldIdentifiers> decided(IdentityDecision decision) {
    Decided.Decision what = Decided.Decision.valueOf(decision.getDecision());
    Instant at = decision.getDecidedAt();
    Node node = nodes.getOrAdd(decision.getFirst());
    Optional<Node> other = decision.getSecond().map(nodes::getOrAdd);
    boolean counts = node.decide(new Decided(other.map(Node::identifier), what, at));
    if (!counts) {
      return List.of();
    }
    nodes.changed(node);
    List<Node> changed = new ArrayList<>(List.of(node));
    if (other.isPresent()) {
      other.get().decide(new Decided(Optional.of(node.identifier()), what, at));
      nodes.changed(other.get());
      changed.add(other.get());
    } else {
      node.edges().forEach(edge -> nodes.find(edge.other().getId()).ifPresent(changed::add));
      node.decided(Decided.Decision.JOIN)
          .forEach(joined -> nodes.find(joined.getId()).ifPresent(changed::add));
    }
    return settle(changed, true);
  }
}

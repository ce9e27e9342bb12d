package io.millrace.identity;

import io.millrace.event.GraphCount;
import io.millrace.event.GraphDecision;
import io.millrace.event.GraphLink;
import io.millrace.event.GraphNode;
import io.millrace.event.IdentityAssignment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Identifiers of the graph as rows of a store. */
final class NodeRows {
  private NodeRows() {}

  static Node node(GraphNode row, GraphLimits limits) {
    IdentityAssignment assignment = row.getAssignment();
    Node node = new Node(assignment.getIdentifier(), limits);
    for (GraphLink link : row.getLinks()) {
      Relation relation = Relation.valueOf(link.getRelation());
      node.put(new Edge(link.getOther(), relation, link.getEvidence()));
    }
    for (GraphDecision decision : row.getDecisions()) {
      Decided.Decision what = Decided.Decision.valueOf(decision.getDecision());
      node.decide(new Decided(decision.getOther(), what, decision.getDecidedAt()));
    }
    Map<Tally.KindOfSystem, Integer> counts = new HashMap<>();
    for (GraphCount count : row.getCounts()) {
      counts.put(new Tally.KindOfSystem(count.getKind(), count.getSystem()), count.getCount());
    }
    node.settle(
        standing(assignment), Reach.valueOf(row.getReach()), new Tally(row.getMembers(), counts));
    return node;
  }

  static Standing standing(IdentityAssignment assignment) {
    return new Standing(
        assignment.getOwner(),
        IdentityState.valueOf(assignment.getState()),
        assignment.getJoinedBy(),
        assignment.getApartFrom());
  }

  static GraphNode row(Node node, IdentityAssignment assignment) {
    return GraphNode.newBuilder()
        .setLinks(node.edges().stream().map(NodeRows::link).toList())
        .setDecisions(node.decisions().stream().map(NodeRows::decision).toList())
        .setReach(node.reach().name())
        .setMembers(node.tally().members())
        .setCounts(counts(node.tally()))
        .setAssignment(assignment)
        .build();
  }

  private static GraphLink link(Edge edge) {
    return new GraphLink(edge.other(), edge.relation().name(), edge.evidence());
  }

  private static GraphDecision decision(Decided decided) {
    return new GraphDecision(decided.other().orElse(null), decided.decision().name(), decided.at());
  }

  private static List<GraphCount> counts(Tally tally) {
    return tally.counts().entrySet().stream()
        .map(
            count ->
                new GraphCount(count.getKey().kind(), count.getKey().system(), count.getValue()))
        .toList();
  }

  static IdentityAssignment assignment(Node node, long number) {
    Standing standing = node.standing();
    return new IdentityAssignment(
        node.identifier(),
        standing.owner(),
        number,
        standing.joinedBy().orElse(null),
        standing.state().name(),
        standing.apartFrom());
  }
}

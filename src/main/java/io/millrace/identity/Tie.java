package io.millrace.identity;

import io.millrace.event.IdentityEvidence;
import io.millrace.event.JoinedBy;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A link that counts: neither end is blocked or shared, and both keep it.
 *
 * @param first the end whose id sorts first
 * @param evidence empty for a decision
 * @param decidedAt of a decision; the earliest instant for any other
 */
record Tie(
    Node first,
    Node second,
    Relation relation,
    Optional<IdentityEvidence> evidence,
    Instant decidedAt) {

  /** The order in which ties unite: a function of the links and decisions, not of arrival. */
  static final Comparator<Tie> ORDER = Tie::compare;

  static Tie of(Node one, Node other, Edge edge) {
    return of(one, other, edge.relation(), Optional.of(edge.evidence()), Instant.MIN);
  }

  static Tie decided(Node one, Node other, Instant at) {
    return of(one, other, Relation.DECIDED, Optional.empty(), at);
  }

  private static Tie of(
      Node one, Node other, Relation relation, Optional<IdentityEvidence> evidence, Instant at) {
    return one.id().compareTo(other.id()) < 0
        ? new Tie(one, other, relation, evidence, at)
        : new Tie(other, one, relation, evidence, at);
  }

  Node other(Node end) {
    return end == first ? second : first;
  }

  JoinedBy joins(Node end) {
    return new JoinedBy(other(end).id(), relation.name(), evidence.orElse(null));
  }

  private static int compare(Tie one, Tie other) {
    int order = one.relation.compareTo(other.relation);
    order = order != 0 ? order : other.decidedAt.compareTo(one.decidedAt);
    order = order != 0 ? order : Integer.compare(one.weaker(), other.weaker());
    order = order != 0 ? order : Integer.compare(one.stronger(), other.stronger());
    if (order == 0 && one.evidence.isPresent() && other.evidence.isPresent()) {
      order = Edge.EARLIEST.compare(one.evidence.get(), other.evidence.get());
    }
    order = order != 0 ? order : one.first.id().compareTo(other.first.id());
    return order != 0 ? order : one.second.id().compareTo(other.second.id());
  }

  private int weaker() {
    return Math.max(first.rank(), second.rank());
  }

  private int stronger() {
    return Math.min(first.rank(), second.rank());
  }
}

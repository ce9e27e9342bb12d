package io.millrace.identity;

import io.millrace.event.IdentityEvidence;
import io.millrace.event.LinkedIdentifier;
import java.util.Comparator;

/**
 * One end's view of a link that events have named.
 *
 * @param relation MERGED or NAMED
 * @param evidence the earliest event that named both
 */
record Edge(LinkedIdentifier other, Relation relation, IdentityEvidence evidence) {
  static final Comparator<IdentityEvidence> EARLIEST =
      Comparator.comparing(IdentityEvidence::getOccurredAt)
          .thenComparing(IdentityEvidence::getSource)
          .thenComparing(IdentityEvidence::getEventId)
          .thenComparing(IdentityEvidence::getEventType);

  /** The earliest first. */
  static final Comparator<Edge> ORDER =
      Comparator.comparing(Edge::evidence, EARLIEST).thenComparing(edge -> edge.other().getId());

  boolean isEarlierThan(Edge known) {
    return EARLIEST.compare(evidence, known.evidence) < 0;
  }

  /** Whether both are to identifiers of one kind and system, for the same reason. */
  boolean isLike(Edge edge) {
    return relation == edge.relation
        && other.getKind().equals(edge.other.getKind())
        && other.getSystem().equals(edge.other.getSystem());
  }
}

package io.millrace.identity;

import io.millrace.event.LinkedIdentifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The limits of {@code identity.yaml}, by kind. */
final class GraphLimits {
  /** The rank of a kind that joins nothing. */
  static final int NO_RANK = Integer.MAX_VALUE;

  /** An identifier keeps this many more links of a kind than one person may have. */
  private static final int MORE_THAN_MOST = 20;

  /** More than this many times the largest person are not looked at together. */
  private static final int TIMES_LARGEST = 10;

  private final Map<String, Limit> limits = new HashMap<>();
  private final int largest;
  private final int moreThanMost;
  private final int widest;

  GraphLimits(IdentityRules rules) {
    this(rules, MORE_THAN_MOST, TIMES_LARGEST * rules.largest());
  }

  GraphLimits(IdentityRules rules, int moreThanMost, int widest) {
    largest = rules.largest();
    this.moreThanMost = moreThanMost;
    this.widest = widest;
    add(rules.people(), true);
    add(rules.accounts(), false);
  }

  private record Limit(KindRule rule, int rank, boolean isOfPeople) {}

  private void add(List<KindRule> rules, boolean isOfPeople) {
    for (int i = 0; i < rules.size(); i++) {
      limits.put(rules.get(i).kind(), new Limit(rules.get(i), i, isOfPeople));
    }
  }

  /** How many identifiers one person or account may have. */
  int largest() {
    return largest;
  }

  /** More identifiers than this that are connected are held. */
  int widest() {
    return widest;
  }

  int rank(String kind) {
    Limit limit = limits.get(kind);
    return limit == null ? NO_RANK : limit.rank();
  }

  int most(String kind) {
    Limit limit = limits.get(kind);
    return limit == null ? 1 : limit.rule().most();
  }

  int shared(String kind) {
    Limit limit = limits.get(kind);
    return limit == null ? 0 : limit.rule().shared();
  }

  /** Whether identifiers of the two kinds may be one person, or one account. */
  boolean mayJoin(LinkedIdentifier one, LinkedIdentifier other) {
    Limit first = limits.get(one.getKind());
    Limit second = limits.get(other.getKind());
    return first != null && second != null && first.isOfPeople() == second.isOfPeople();
  }

  /** Whether the other identifier is of a stronger kind. */
  boolean isStronger(LinkedIdentifier other, LinkedIdentifier identifier) {
    return mayJoin(identifier, other) && rank(other.getKind()) < rank(identifier.getKind());
  }

  /**
   * How many links of one kind and system an identifier keeps: as many as can matter. Those to
   * stronger kinds show whether it is shared.
   */
  int kept(LinkedIdentifier identifier, Edge edge) {
    if (edge.relation() == Relation.MERGED) {
      return largest;
    }
    int kept = most(edge.other().getKind()) + moreThanMost;
    return isStronger(edge.other(), identifier)
        ? Math.max(kept, shared(identifier.getKind()) + 1)
        : kept;
  }
}

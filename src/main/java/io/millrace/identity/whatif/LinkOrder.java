package io.millrace.identity.whatif;

import io.millrace.event.IdentityEvidence;
import io.millrace.identity.IdentityRules;
import java.util.Comparator;

/** The order in which links are considered, which is the same whatever order they came in. */
final class LinkOrder {
  /** Evidence that is not known any more comes last. */
  static final Comparator<KnownLink> BY_EVIDENCE =
      Comparator.comparing(
          link -> link.evidence().orElse(null),
          Comparator.nullsLast(
              Comparator.comparing(IdentityEvidence::getOccurredAt)
                  .thenComparing(IdentityEvidence::getSource)
                  .thenComparing(IdentityEvidence::getEventId)));

  private static final Comparator<KnownLink> BY_IDS =
      Comparator.comparing((KnownLink link) -> link.first().getId())
          .thenComparing(link -> link.second().getId());

  private LinkOrder() {}

  /** Strong kinds first, then what happened first. */
  static Comparator<KnownLink> of(IdentityRules rules) {
    return Comparator.comparingInt(
            (KnownLink link) ->
                Math.max(rules.rank(link.first().getKind()), rules.rank(link.second().getKind())))
        .thenComparingInt(
            link ->
                Math.min(rules.rank(link.first().getKind()), rules.rank(link.second().getKind())))
        .thenComparing(BY_EVIDENCE)
        .thenComparing(BY_IDS);
  }

  static KnownLink earlier(KnownLink one, KnownLink other) {
    return BY_EVIDENCE.compare(one, other) <= 0 ? one : other;
  }
}

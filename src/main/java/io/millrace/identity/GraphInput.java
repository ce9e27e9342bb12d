package io.millrace.identity;

import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkedIdentifier;
import java.util.Arrays;

/** Refuses links and decisions that nobody can have meant. */
final class GraphInput {
  private static final int LONGEST = 256;
  private static final int LONGEST_EVIDENCE = 4_096;

  private GraphInput() {}

  static void check(IdentityLink link, GraphLimits limits) {
    checkPair(link.getFirst(), link.getSecond(), limits);
    String relation = link.getRelation();
    if (!relation.equals(Relation.NAMED.name()) && !relation.equals(Relation.MERGED.name())) {
      throw new IllegalArgumentException(
          "The relation of a link is NAMED or MERGED, not " + shown(relation));
    }
    var evidence = link.getEvidence();
    if (evidence.getSource().length() > LONGEST_EVIDENCE
        || evidence.getEventId().length() > LONGEST_EVIDENCE
        || evidence.getEventType().length() > LONGEST_EVIDENCE) {
      throw new IllegalArgumentException(
          "The evidence of a link has more than " + LONGEST_EVIDENCE + " characters");
    }
  }

  static void check(IdentityDecision decision, GraphLimits limits) {
    Decided.Decision what =
        Arrays.stream(Decided.Decision.values())
            .filter(each -> each.name().equals(decision.getDecision()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no decision " + shown(decision.getDecision())));
    boolean isPair = decision.getSecond().isPresent();
    if ((isPair && what.isAboutOne()) || (!isPair && what.isAboutPair())) {
      throw new IllegalArgumentException(
          what + " is about " + (isPair ? "one identifier, not two" : "two identifiers, not one"));
    }
    checkLengths(decision.getFirst());
    decision.getSecond().ifPresent(second -> checkPair(decision.getFirst(), second, limits));
  }

  private static void checkPair(
      LinkedIdentifier first, LinkedIdentifier second, GraphLimits limits) {
    checkLengths(first);
    checkLengths(second);
    if (first.getId().equals(second.getId())) {
      throw new IllegalArgumentException("An identifier cannot be linked with itself");
    }
    if (!limits.mayJoin(first, second)) {
      throw new IllegalArgumentException(
          "Identifiers of the kinds %s and %s are not one person or account by identity.yaml"
              .formatted(shown(first.getKind()), shown(second.getKind())));
    }
  }

  private static void checkLengths(LinkedIdentifier identifier) {
    if (identifier.getId().isBlank() || identifier.getKind().isBlank()) {
      throw new IllegalArgumentException("An identifier has an id and a kind");
    }
    if (identifier.getId().length() > LONGEST
        || identifier.getKind().length() > LONGEST
        || identifier.getSystem().length() > LONGEST) {
      throw new IllegalArgumentException(
          "An identifier's id, kind or system has more than " + LONGEST + " characters");
    }
  }

  private static String shown(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}

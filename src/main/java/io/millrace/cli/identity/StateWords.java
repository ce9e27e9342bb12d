package io.millrace.cli.identity;

import io.millrace.event.IdentityDecision;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.whatif.Limits;

/** The states of identifiers in plain words: what each means, and what to do about it. */
final class StateWords {
  static final String UNCLEAR =
      "a limit or a decision, applied to links that came before; see docs/identity.md";

  private StateWords() {}

  /** What a state means; an ordinary one needs no words. */
  static String of(String state, String kind, IdentityRules rules) {
    return switch (state) {
      case "CONFLICT" ->
          "a limit keeps it apart from those it is linked to. If they are one all the same, join"
              + " them: identity join";
      case "SHARED" ->
          ("it is linked to more than %s stronger identifiers, so several people use it, and it"
                  + " joins nobody. If it belongs to one of them, join the two: identity join")
              .formatted(rules.rule(kind).map(rule -> "" + rule.shared()).orElse("the permitted"));
      case "BLOCKED" ->
          "somebody decided that it joins nobody. To take that back: identity withdraw";
      case "HELD" ->
          ("with what it is linked to it would have more identifiers than one person may have (%d),"
                  + " so it is alone. Find the one that links too many, and block it: identity block")
              .formatted(rules.largest());
      case "ERASED" -> "it was erased together with its links";
      default -> "";
    };
  }

  /** Why a decision keeps two apart. */
  static String split(IdentityDecision split) {
    return "%s decided so at %s: %s. To take that back: identity withdraw"
        .formatted(split.getDecidedBy(), split.getDecidedAt(), split.getReason());
  }

  /** Why a limit keeps two apart. */
  static String limit(Limits.Exceeded limit) {
    return limit
        .kind()
        .map(
            kind ->
                ("together they would have %d of the kind %s%s, and identity.yaml allows %d. If they"
                        + " are one all the same, join those: identity join")
                    .formatted(
                        limit.count(),
                        kind,
                        limit.system().isEmpty() ? "" : " of " + limit.system(),
                        limit.most()))
        .orElseGet(
            () ->
                "together they would have %d identifiers, and identity.yaml allows %d"
                    .formatted(limit.count(), limit.most()));
  }
}

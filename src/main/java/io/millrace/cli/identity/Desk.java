package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import io.millrace.identity.IdentityRules;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the commands work with.
 *
 * @param topics what the flow has found out
 * @param rules by which it joins
 * @param query reads what operators type
 * @param log takes decisions
 * @param recordTypes the types of records that have rows of their own
 */
record Desk(
    IdentityTopics topics,
    IdentityRules rules,
    IdentifierQuery query,
    DecisionLog log,
    Set<String> recordTypes) {
  /** More are not listed in a message. */
  private static final int NAMED = 8;

  /**
   * The identifier that a text names.
   *
   * @throws CommandException when nothing is known of it
   */
  Found find(String typed) {
    List<Candidate> candidates = query.candidates(typed);
    return topics
        .find(candidates)
        .orElseThrow(() -> CommandException.no(unknown(typed, candidates)));
  }

  private static String unknown(String typed, List<Candidate> candidates) {
    String looked =
        candidates.stream()
            .limit(NAMED)
            .map(
                each ->
                    each.named().isPresent() ? each.inWords() + " (" + each.id() + ")" : each.id())
            .collect(Collectors.joining(", "));
    String more =
        candidates.size() > NAMED ? " and %d more".formatted(candidates.size() - NAMED) : "";
    return ("Nothing is known of %s. Looked for %s%s. Either no event has named it yet, it was"
            + " erased, or it is written in another way: ids are compared with their system and in"
            + " the letters that the system uses. Check also that identity.key is the one the"
            + " flow has, because another key gives other ids")
        .formatted(typed, looked, more);
  }
}

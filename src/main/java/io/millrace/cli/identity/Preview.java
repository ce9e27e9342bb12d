package io.millrace.cli.identity;

import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.whatif.Difference;
import io.millrace.identity.whatif.Group;
import io.millrace.identity.whatif.KnownGraph;
import io.millrace.identity.whatif.KnownLink;
import io.millrace.identity.whatif.WhatIf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision would change.
 *
 * @param isOfAccounts whether accounts change, or people
 * @param names how each identifier is written, by id
 * @param scores of the people that change, by id
 * @param isExact whether the known links explain the people as they are now; otherwise some links
 *     are older than the topics, and the outcome may differ
 */
record Preview(
    Difference difference,
    boolean isOfAccounts,
    Map<String, String> names,
    Map<String, Score> scores,
    boolean isExact) {

  /** Works it out. */
  static Preview of(Wish wish, IdentityDecision decision, Desk desk, WhatIf whatIf) {
    Set<String> ids = new HashSet<>();
    wish.about().forEach(each -> ids.add(each.id()));
    List<KnownLink> near = desk.topics().links(ids, false);
    Surroundings around = Surroundings.of(wish.about(), near, desk.topics());
    List<KnownLink> links = new ArrayList<>(desk.topics().links(around.ids(), true));
    links.addAll(near);
    KnownGraph graph = around.graph(links, desk.topics().decisions(around.ids()));
    List<Group> now = around.now();
    Difference unexplained = Difference.between(now, whatIf.groups(graph));
    Difference difference = Difference.between(now, whatIf.groups(graph.with(decision)));
    Set<String> owners = new HashSet<>(difference.changed());
    owners.addAll(difference.ended());
    return new Preview(
        difference,
        desk.rules().isOfAccounts(wish.about().getFirst().end().getKind()),
        around.names(),
        desk.topics().scores(owners),
        around.isComplete() && unexplained.isEmpty());
  }

  /** The members of the records' types that get another owner, as the keys of their records. */
  List<String> records(Set<String> recordTypes) {
    Map<String, String> moved = difference.moved();
    List<String> records = new ArrayList<>();
    for (Group group : difference.after()) {
      for (LinkedIdentifier member : group.members()) {
        if (moved.containsKey(member.getId()) && recordTypes.contains(member.getKind())) {
          records.add(name(member.getId()).replaceFirst(":", "/"));
        }
      }
    }
    return records;
  }

  String name(String id) {
    return names.getOrDefault(id, id);
  }

  /** The score of a person or an account, if it has one. */
  Optional<Score> score(String owner) {
    return Optional.ofNullable(scores.get(owner));
  }
}

package io.millrace.cli.identity;

import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.whatif.Decisions;
import io.millrace.identity.whatif.KnownMember;
import io.millrace.identity.whatif.KnownOwner;
import io.millrace.identity.whatif.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects everything about an identifier from the topics. */
record Dossiers(IdentityTopics topics, IdentityRules rules) {

  /**
   * Everything about an identifier.
   *
   * @param changes the maximum number of changes
   */
  Dossier of(Found found, int changes) {
    Set<String> ids = new TreeSet<>(Set.of(found.id()));
    found.owner().ifPresent(row -> ids.addAll(idsOf(row)));
    List<IdentityDecision> decisions = topics.decisions(ids);
    return new Dossier(
        found,
        apart(found, decisions),
        decisions,
        topics.changes(ids, changes),
        accountNames(found),
        Optional.ofNullable(topics.scores(List.of(found.ownerId())).get(found.ownerId())));
  }

  /** How the accounts of a person are called, by id; those that have no row yet are left out. */
  private Map<String, String> accountNames(Found found) {
    Set<String> ids = new TreeSet<>();
    found
        .owner()
        .ifPresent(person -> person.accounts().forEach(account -> ids.add(account.getId())));
    Map<String, String> names = new TreeMap<>();
    topics
        .ownersOf(ids)
        .forEach(
            (id, account) ->
                account.identifier(id).map(Names::of).ifPresent(name -> names.put(id, name)));
    return names;
  }

  private List<Dossier.Apart> apart(Found found, List<IdentityDecision> decisions) {
    Map<String, List<String>> linked = new TreeMap<>();
    for (KnownMember member : found.owner().map(KnownOwner::identifiers).orElse(List.of())) {
      String name = Names.of(member);
      member.apartFrom().forEach(each -> add(linked, each, name));
    }
    if (found.member().isEmpty()) {
      found
          .assignment()
          .map(IdentityAssignment::getApartFrom)
          .orElse(List.of())
          .forEach(each -> add(linked, each, found.inWords()));
    }
    Map<String, KnownOwner> rows = topics.owners(linked.keySet());
    List<Dossier.Apart> apart = new ArrayList<>();
    linked.forEach(
        (owner, names) -> {
          Optional<KnownOwner> row = Optional.ofNullable(rows.get(owner));
          apart.add(new Dossier.Apart(owner, names, row, why(found, owner, row, decisions)));
        });
    return apart;
  }

  private static void add(Map<String, List<String>> linked, String owner, String name) {
    linked.computeIfAbsent(owner, each -> new ArrayList<>()).add(name);
  }

  private String why(
      Found found, String other, Optional<KnownOwner> row, List<IdentityDecision> decisions) {
    Set<String> here = new HashSet<>(Set.of(found.id()));
    found.owner().ifPresent(owner -> here.addAll(idsOf(owner)));
    Set<String> there = new HashSet<>(Set.of(other));
    row.ifPresent(owner -> there.addAll(idsOf(owner)));
    return decisions.stream()
        .filter(each -> each.getDecision().equals(Decisions.SPLIT))
        .filter(each -> isBetween(each, here, there))
        .findFirst()
        .map(StateWords::split)
        .or(() -> Limits.exceeded(ends(found.owner()), ends(row), rules).map(StateWords::limit))
        .orElse(StateWords.UNCLEAR);
  }

  private static boolean isBetween(IdentityDecision split, Set<String> here, Set<String> there) {
    String first = split.getFirst().getId();
    String second = split.getSecond().map(LinkedIdentifier::getId).orElse(first);
    return (here.contains(first) && there.contains(second))
        || (here.contains(second) && there.contains(first));
  }

  private static List<LinkedIdentifier> ends(Optional<KnownOwner> owner) {
    return owner.map(KnownOwner::identifiers).orElse(List.of()).stream()
        .map(KnownMember::end)
        .toList();
  }

  private static List<String> idsOf(KnownOwner owner) {
    return owner.identifiers().stream().map(each -> each.id()).toList();
  }
}

package io.millrace.cli.identity;

import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentifierIds;
import io.millrace.identity.whatif.Decisions;
import io.millrace.identity.whatif.KnownLink;
import io.millrace.identity.whatif.KnownOwner;
import io.millrace.kafka.read.KeyedRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the topics say about identifiers and whom they belong to, as of now. */
record IdentityTopics(KeyedRecords records) {
  private static final String MERGED = "MERGED";

  /** The first of some identifiers that the flow has seen. */
  Optional<Found> find(List<Candidate> candidates) {
    List<String> ids = candidates.stream().map(Candidate::id).toList();
    Map<String, IdentityAssignment> assigned = records.last(Topics.IDENTITY_ASSIGNMENTS, ids);
    Set<String> owners = new LinkedHashSet<>(ids);
    assigned.values().forEach(each -> owners.add(each.getOwner()));
    Map<String, KnownOwner> rows = owners(owners);
    return candidates.stream()
        .map(
            candidate -> {
              Optional<IdentityAssignment> assignment =
                  Optional.ofNullable(assigned.get(candidate.id()));
              String owner = assignment.map(IdentityAssignment::getOwner).orElse(candidate.id());
              return new Found(candidate, assignment, Optional.ofNullable(rows.get(owner)));
            })
        .filter(found -> found.assignment().isPresent() || found.owner().isPresent())
        .findFirst();
  }

  /** The present assignments of some identifiers, by id. */
  Map<String, IdentityAssignment> assignments(Collection<String> ids) {
    return records.last(Topics.IDENTITY_ASSIGNMENTS, ids);
  }

  /** The rows of some people and accounts, by id. */
  Map<String, KnownOwner> owners(Collection<String> ids) {
    Map<String, KnownOwner> owners = new LinkedHashMap<>();
    records.last(Topics.PEOPLE, ids).forEach((id, row) -> owners.put(id, KnownOwner.of(row)));
    Set<String> others = new LinkedHashSet<>(ids);
    others.removeAll(owners.keySet());
    records.last(Topics.ACCOUNTS, others).forEach((id, row) -> owners.put(id, KnownOwner.of(row)));
    return owners;
  }

  /** The rows of the people and accounts that some identifiers belong to, by identifier. */
  Map<String, KnownOwner> ownersOf(Set<String> identifiers) {
    Map<String, String> ownerIds = new LinkedHashMap<>();
    identifiers.forEach(id -> ownerIds.put(id, id));
    assignments(identifiers).forEach((id, assignment) -> ownerIds.put(id, assignment.getOwner()));
    Map<String, KnownOwner> rows = owners(ownerIds.values());
    Map<String, KnownOwner> found = new LinkedHashMap<>();
    ownerIds.forEach(
        (id, owner) -> Optional.ofNullable(rows.get(owner)).ifPresent(row -> found.put(id, row)));
    return found;
  }

  /** The latest decision about each of some identifiers, and about each pair with one of them. */
  List<IdentityDecision> decisions(Set<String> ids) {
    Map<String, IdentityDecision> found =
        records.lastWhere(
            Topics.IDENTITY_DECISIONS,
            key -> ids.stream().anyMatch(id -> Decisions.names(key, id)));
    return found.values().stream()
        .sorted(Comparator.comparing(IdentityDecision::getDecidedAt))
        .toList();
  }

  /** The latest changes of some identifiers, the latest last. */
  List<IdentityChange> changes(Collection<String> ids, int most) {
    List<IdentityChange> all = new ArrayList<>();
    records.ofKeys(Topics.IDENTITIES_CHANGED, ids, (key, value) -> value.ifPresent(all::add));
    all.sort(
        Comparator.comparing(IdentityChange::getChangedAt)
            .thenComparing(change -> change.getIdentifier().getId())
            .thenComparingLong(IdentityChange::getNumber));
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }

  /** The scores of some people and accounts, by id. */
  Map<String, Score> scores(Collection<String> owners) {
    Map<String, Score> scores = new LinkedHashMap<>();
    records
        .last(Topics.LEAD_SCORES, owners)
        .forEach((id, row) -> scores.put(id, Score.of(Topics.LEAD_SCORES.name(), row)));
    records
        .last(Topics.ACCOUNT_SCORES, owners)
        .forEach((id, row) -> scores.put(id, Score.of(Topics.ACCOUNT_SCORES.name(), row)));
    return scores;
  }

  /**
   * The links of some identifiers that are still on their topic.
   *
   * @param bothEnds whether both ends are among the identifiers, or at least one
   */
  List<KnownLink> links(Set<String> ids, boolean bothEnds) {
    Map<String, KnownLink> links = new LinkedHashMap<>();
    records.where(
        Topics.IDENTITY_LINKS,
        // The key names both ends, so that most records need not be decoded.
        key -> {
          boolean first = ids.contains(beginning(key));
          return bothEnds ? first && ids.contains(end(key)) : first || ids.contains(end(key));
        },
        (key, value) -> value.ifPresent(link -> links.put(key + link.getRelation(), known(link))));
    return List.copyOf(links.values());
  }

  private static KnownLink known(IdentityLink link) {
    return new KnownLink(
        link.getFirst(),
        link.getSecond(),
        link.getRelation().equals(MERGED),
        Optional.of(link.getEvidence()));
  }

  /** Both ids have the same length, whatever separates them. */
  private static String beginning(String key) {
    return key.substring(0, Math.min(IdentifierIds.LENGTH, key.length()));
  }

  private static String end(String key) {
    return key.substring(Math.max(0, key.length() - IdentifierIds.LENGTH));
  }
}

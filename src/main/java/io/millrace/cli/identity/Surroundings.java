package io.millrace.cli.identity;

import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.whatif.Decisions;
import io.millrace.identity.whatif.Group;
import io.millrace.identity.whatif.KnownGraph;
import io.millrace.identity.whatif.KnownLink;
import io.millrace.identity.whatif.KnownMember;
import io.millrace.identity.whatif.KnownOwner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The people, or accounts, that a decision may concern: those of its identifiers, and those that
 * are linked to them.
 *
 * @param owners by id
 * @param single identifiers that have no row of their own
 * @param isComplete false if there were too many to follow all
 */
record Surroundings(
    Map<String, KnownOwner> owners, List<LinkedIdentifier> single, boolean isComplete) {
  /** More people are not followed. */
  private static final int MOST = 200;

  /** More identifiers of all people are not followed. */
  private static final int MOST_IDENTIFIERS = 10_000;

  /** How many links away they may be. */
  private static final int ROUNDS = 3;

  /**
   * Those of some identifiers.
   *
   * @param links with an end among them, as far as they are still on their topic
   */
  static Surroundings of(List<Found> about, Collection<KnownLink> links, IdentityTopics topics) {
    Map<String, KnownOwner> owners = new TreeMap<>();
    about.forEach(each -> each.owner().ifPresent(row -> owners.put(row.id(), row)));
    Set<String> next = apart(owners.values());
    next.addAll(ownersOf(links, topics));
    Set<String> seen = new HashSet<>(owners.keySet());
    next.removeAll(seen);
    for (int round = 0; round < ROUNDS && !next.isEmpty() && fits(owners, next); round++) {
      Map<String, KnownOwner> found = topics.owners(next);
      owners.putAll(found);
      seen.addAll(next);
      next = apart(found.values());
      next.removeAll(seen);
    }
    Set<String> members = idsOf(owners.values());
    List<LinkedIdentifier> single =
        about.stream().map(Found::end).filter(end -> !members.contains(end.getId())).toList();
    return new Surroundings(owners, single, next.isEmpty());
  }

  private static boolean fits(Map<String, KnownOwner> owners, Set<String> more) {
    return owners.size() + more.size() <= MOST && idsOf(owners.values()).size() <= MOST_IDENTIFIERS;
  }

  private static Set<String> idsOf(Collection<KnownOwner> owners) {
    Set<String> ids = new HashSet<>();
    owners.forEach(owner -> owner.identifiers().forEach(each -> ids.add(each.id())));
    return ids;
  }

  private static Set<String> apart(Collection<KnownOwner> owners) {
    Set<String> apart = new TreeSet<>();
    for (KnownOwner owner : owners) {
      for (KnownMember member : owner.identifiers()) {
        apart.addAll(member.apartFrom());
      }
    }
    return apart;
  }

  private static Set<String> ownersOf(Collection<KnownLink> links, IdentityTopics topics) {
    Set<String> ids = new TreeSet<>();
    for (KnownLink link : links) {
      ids.add(link.first().getId());
      ids.add(link.second().getId());
    }
    Map<String, IdentityAssignment> assigned = topics.assignments(ids);
    Set<String> owners = new TreeSet<>();
    for (String id : ids) {
      IdentityAssignment assignment = assigned.get(id);
      owners.add(assignment == null ? id : assignment.getOwner());
    }
    return owners;
  }

  /** The ids of all identifiers. */
  Set<String> ids() {
    Set<String> ids = idsOf(owners.values());
    single.forEach(each -> ids.add(each.getId()));
    return ids;
  }

  /** What is known about their links. */
  KnownGraph graph(Collection<KnownLink> links, List<IdentityDecision> decisions) {
    return KnownGraph.of(owners.values(), single, links, new Decisions(decisions));
  }

  /** The people as they are now. */
  List<Group> now() {
    List<Group> groups = new ArrayList<>();
    owners
        .values()
        .forEach(
            owner ->
                groups.add(
                    new Group(
                        owner.id(), owner.identifiers().stream().map(KnownMember::end).toList())));
    single.forEach(each -> groups.add(new Group(each.getId(), List.of(each))));
    return groups;
  }

  /** How each identifier is written, by id. */
  Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    single.forEach(each -> names.put(each.getId(), Names.of(each)));
    owners
        .values()
        .forEach(
            owner -> owner.identifiers().forEach(each -> names.put(each.id(), Names.of(each))));
    return names;
  }
}

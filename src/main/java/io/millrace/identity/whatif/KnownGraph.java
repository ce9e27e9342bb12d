package io.millrace.identity.whatif;

import io.millrace.event.IdentityDecision;
import io.millrace.event.JoinedBy;
import io.millrace.event.LinkedIdentifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Some identifiers with what is known about their links.
 *
 * @param identifiers by id
 * @param links between them, each pair once for each relation
 * @param decisions about them
 * @param shared the ids of those that are linked to too many, as far as that is known
 * @param owners the present owner of each identifier that has a known one, by id
 */
public record KnownGraph(
    Map<String, LinkedIdentifier> identifiers,
    List<KnownLink> links,
    Decisions decisions,
    Set<String> shared,
    Map<String, String> owners) {
  private static final String SHARED = "SHARED";
  private static final String MERGED = "MERGED";
  private static final String DECIDED = "DECIDED";

  public KnownGraph {
    identifiers = Map.copyOf(identifiers);
    links = List.copyOf(links);
    shared = Set.copyOf(shared);
    owners = Map.copyOf(owners);
  }

  /**
   * What the rows of people or accounts tell: the links that joined each, and the pairs that were
   * kept apart.
   *
   * @param more further identifiers, which have no row
   * @param recent further links; those with ends elsewhere are left out
   */
  public static KnownGraph of(
      Collection<KnownOwner> owners,
      Collection<LinkedIdentifier> more,
      Collection<KnownLink> recent,
      Decisions decisions) {
    Map<String, LinkedIdentifier> identifiers = new TreeMap<>();
    Map<String, KnownMember> members = new TreeMap<>();
    Map<String, String> ownerOf = new TreeMap<>();
    for (KnownOwner owner : owners) {
      for (KnownMember member : owner.identifiers()) {
        LinkedIdentifier end = member.end();
        identifiers.put(end.getId(), end);
        members.put(end.getId(), member);
        ownerOf.put(end.getId(), owner.id());
      }
    }
    more.forEach(each -> identifiers.putIfAbsent(each.getId(), each));
    Links links = new Links(identifiers);
    members.values().forEach(member -> links.joining(member));
    links.apart(members.values(), ownerOf);
    recent.forEach(links::add);
    return new KnownGraph(identifiers, links.all(), decisions, sharedOf(members.values()), ownerOf);
  }

  /** The same after one more decision. */
  public KnownGraph with(IdentityDecision decision) {
    return new KnownGraph(identifiers, links, decisions.with(decision), shared, owners);
  }

  private static Set<String> sharedOf(Collection<KnownMember> members) {
    return members.stream()
        .filter(member -> member.state().equals(SHARED))
        .map(member -> member.id())
        .collect(Collectors.toSet());
  }

  /** Collects links; of two between the same ends the one with known, earlier evidence stays. */
  private static final class Links {
    private final Map<String, LinkedIdentifier> identifiers;
    private final Map<String, KnownLink> found = new LinkedHashMap<>();

    Links(Map<String, LinkedIdentifier> identifiers) {
      this.identifiers = identifiers;
    }

    void joining(KnownMember member) {
      Optional<JoinedBy> by = member.joinedBy();
      if (by.isEmpty() || by.get().getRelation().equals(DECIDED)) {
        return;
      }
      LinkedIdentifier other = identifiers.get(by.get().getOther());
      if (other != null) {
        boolean isMerge = by.get().getRelation().equals(MERGED);
        add(new KnownLink(member.end(), other, isMerge, by.get().getEvidence()));
      }
    }

    /** A refused link is on the rows of both its ends, each with the owner of the other. */
    void apart(Collection<KnownMember> members, Map<String, String> ownerOf) {
      Map<String, List<KnownMember>> ends = new HashMap<>();
      for (KnownMember member : members) {
        String owner = ownerOf.getOrDefault(member.id(), "");
        for (String other : member.apartFrom()) {
          ends.computeIfAbsent(owner + "/" + other, key -> new ArrayList<>()).add(member);
        }
      }
      for (KnownMember member : members) {
        String owner = ownerOf.getOrDefault(member.id(), "");
        for (String other : member.apartFrom()) {
          ends.getOrDefault(other + "/" + owner, List.of())
              .forEach(
                  each -> add(new KnownLink(member.end(), each.end(), false, Optional.empty())));
        }
      }
    }

    void add(KnownLink link) {
      if (identifiers.containsKey(link.first().getId())
          && identifiers.containsKey(link.second().getId())) {
        String key = link.first().getId() + link.second().getId() + link.isMerge();
        found.merge(key, link, KnownLink::orEarlier);
      }
    }

    List<KnownLink> all() {
      return List.copyOf(found.values());
    }
  }
}

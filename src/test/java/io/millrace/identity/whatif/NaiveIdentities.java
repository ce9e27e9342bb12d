package io.millrace.identity.whatif;

import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The rules of docs/identity.md, word by word, with sets of ids and nothing clever. */
final class NaiveIdentities {
  private final IdentityRules rules;
  private final Map<String, LinkedIdentifier> identifiers;
  private final List<KnownLink> links;
  private final Map<String, IdentityDecision> decided = new TreeMap<>();

  NaiveIdentities(
      IdentityRules rules,
      Map<String, LinkedIdentifier> identifiers,
      List<KnownLink> links,
      List<IdentityDecision> decisions) {
    this.rules = rules;
    this.identifiers = identifiers;
    this.links = links;
    decisions.forEach(each -> decided.put(pair(each).toString(), each));
  }

  Set<Set<String>> people() {
    List<KnownLink> counting =
        links.stream()
            .filter(link -> ids(link).stream().noneMatch(id -> isBlocked(id) || isShared(id)))
            .toList();
    counting = counting.stream().filter(isEarlyEnough(counting)).toList();
    Set<Set<String>> merged = alone();
    Set<Set<String>> one = alone();
    Set<Set<String>> connected = alone();
    for (KnownLink link : counting) {
      unite(connected, ids(link));
      if (link.isMerge()) {
        unite(merged, ids(link));
        unite(one, ids(link));
      }
    }
    for (Set<String> join : pairs(Decisions.JOIN)) {
      if (join.stream().noneMatch(this::isBlocked)) {
        unite(connected, join);
        unite(one, join);
      }
    }
    for (KnownLink link : counting.stream().sorted(canonical()).toList()) {
      Set<String> first = setOf(one, link.first().getId());
      Set<String> second = setOf(one, link.second().getId());
      boolean isHeld = setOf(connected, link.first().getId()).size() > 10 * rules.largest();
      if (!isHeld && !first.equals(second) && isAllowed(first, second, merged)) {
        unite(one, ids(link));
      }
    }
    return one;
  }

  private boolean isBlocked(String id) {
    IdentityDecision alone = decided.get(Set.of(id).toString());
    return alone != null && Set.of("BLOCK", "ERASED").contains(alone.getDecision());
  }

  private boolean isShared(String id) {
    Set<String> stronger = new HashSet<>();
    for (KnownLink link : links) {
      if (!link.isMerge() && ids(link).contains(id)) {
        Set<String> other = ids(link);
        other.remove(id);
        other.removeIf(each -> isBlocked(each) || rank(each) >= rank(id));
        stronger.addAll(other);
      }
    }
    return stronger.size() > rules.rule(kind(id)).orElseThrow().shared();
  }

  private Predicate<KnownLink> isEarlyEnough(List<KnownLink> counting) {
    Comparator<KnownLink> earlier = evidence().thenComparing(canonical());
    return link ->
        link.isMerge()
            || ids(link).stream()
                .allMatch(
                    end -> {
                      String other = other(link, end);
                      long before =
                          counting.stream()
                              .filter(each -> !each.isMerge() && ids(each).contains(end))
                              .filter(each -> sort(other(each, end)).equals(sort(other)))
                              .filter(each -> earlier.compare(each, link) < 0)
                              .count();
                      return before < rules.rule(kind(other)).orElseThrow().most();
                    });
  }

  private boolean isAllowed(Set<String> first, Set<String> second, Set<Set<String>> merged) {
    Set<String> union = new TreeSet<>(first);
    union.addAll(second);
    for (Set<String> split : pairs(Decisions.SPLIT)) {
      if (union.containsAll(split) && !first.containsAll(split) && !second.containsAll(split)) {
        return false;
      }
    }
    for (String id : union) {
      int count = count(union, sort(id), merged);
      boolean isWorse =
          count > count(first, sort(id), merged) && count > count(second, sort(id), merged);
      if (isWorse && count > rules.rule(kind(id)).orElseThrow().most()) {
        return false;
      }
    }
    return union.size() <= rules.largest();
  }

  /** Those that the CRM merged count once. */
  private int count(Set<String> set, String sort, Set<Set<String>> merged) {
    Set<Set<String>> found = new HashSet<>();
    for (String id : set) {
      if (sort(id).equals(sort)) {
        found.add(setOf(merged, id));
      }
    }
    return found.size();
  }

  private Set<Set<String>> pairs(String decision) {
    Set<Set<String>> pairs = new HashSet<>();
    for (IdentityDecision each : decided.values()) {
      if (each.getDecision().equals(decision) && each.getSecond().isPresent()) {
        pairs.add(pair(each));
      }
    }
    return pairs;
  }

  private Set<Set<String>> alone() {
    Set<Set<String>> alone = new HashSet<>();
    identifiers.keySet().forEach(id -> alone.add(Set.of(id)));
    return alone;
  }

  private static void unite(Set<Set<String>> sets, Set<String> ids) {
    Set<String> union = new TreeSet<>();
    for (Set<String> set : List.copyOf(sets)) {
      if (set.stream().anyMatch(ids::contains)) {
        sets.remove(set);
        union.addAll(set);
      }
    }
    sets.add(union);
  }

  private static Set<String> setOf(Set<Set<String>> sets, String id) {
    return sets.stream().filter(set -> set.contains(id)).findFirst().orElseThrow();
  }

  private Comparator<KnownLink> canonical() {
    return Comparator.comparingInt(
            (KnownLink link) -> ids(link).stream().mapToInt(this::rank).max().orElseThrow())
        .thenComparingInt(link -> ids(link).stream().mapToInt(this::rank).min().orElseThrow())
        .thenComparing(evidence())
        .thenComparing(link -> new ArrayList<>(ids(link)).toString());
  }

  private static Comparator<KnownLink> evidence() {
    return Comparator.comparing(
        link ->
            "%20d %s %s"
                .formatted(
                    link.evidence().orElseThrow().getOccurredAt().toEpochMilli(),
                    link.evidence().orElseThrow().getSource(),
                    link.evidence().orElseThrow().getEventId()));
  }

  private int rank(String id) {
    return rules.rank(kind(id));
  }

  private String kind(String id) {
    return identifiers.get(id).getKind();
  }

  private String sort(String id) {
    return kind(id) + " of " + identifiers.get(id).getSystem();
  }

  private static String other(KnownLink link, String end) {
    Set<String> ids = ids(link);
    ids.remove(end);
    return ids.iterator().next();
  }

  private static Set<String> ids(KnownLink link) {
    return new TreeSet<>(Set.of(link.first().getId(), link.second().getId()));
  }

  private static Set<String> pair(IdentityDecision decision) {
    Set<String> ids = new TreeSet<>(Set.of(decision.getFirst().getId()));
    decision.getSecond().ifPresent(second -> ids.add(second.getId()));
    return ids;
  }
}

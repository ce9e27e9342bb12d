package io.millrace.identity.whatif;

import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.KindRule;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the graph as docs/identity.md states them, without regard to speed: it is applied to
 * the few people that a decision concerns.
 *
 * @param rules of identity.yaml
 */
public record RulesWhatIf(IdentityRules rules) implements WhatIf {
  /** More connected identifiers than this many times the largest person are not looked at. */
  private static final int HELD = 10;

  @Override
  public List<Group> groups(KnownGraph graph) {
    Set<String> blocked = blocked(graph.decisions());
    Set<String> shared = shared(graph, blocked);
    List<KnownLink> counting =
        counting(
            graph.links().stream()
                .filter(link -> !link.hasEndIn(blocked) && !link.hasEndIn(shared))
                .sorted(LinkOrder.of(rules))
                .toList());
    List<IdentityDecision> joins =
        graph.decisions().of(Decisions.JOIN).stream()
            .filter(join -> ends(join).stream().noneMatch(blocked::contains))
            .filter(join -> ends(join).stream().allMatch(graph.identifiers()::containsKey))
            .toList();
    UnitedSets one = united(graph, counting, joins);
    Map<String, Instant> earliest = earliest(graph);
    return one.all().stream().map(set -> new Group(owner(set, graph, earliest), set)).toList();
  }

  private UnitedSets united(
      KnownGraph graph, List<KnownLink> counting, List<IdentityDecision> joins) {
    Collection<LinkedIdentifier> all = graph.identifiers().values();
    UnitedSets merged = new UnitedSets(all);
    UnitedSets one = new UnitedSets(all);
    UnitedSets connected = new UnitedSets(all);
    for (KnownLink link : counting) {
      connected.unite(link.first().getId(), link.second().getId());
      if (link.isMerge()) {
        merged.unite(link.first().getId(), link.second().getId());
        one.unite(link.first().getId(), link.second().getId());
      }
    }
    for (IdentityDecision join : joins) {
      connected.unite(ends(join).getFirst(), ends(join).getLast());
      one.unite(ends(join).getFirst(), ends(join).getLast());
    }
    List<IdentityDecision> splits =
        graph.decisions().of(Decisions.SPLIT).stream()
            .filter(split -> ends(split).stream().allMatch(one::contains))
            .toList();
    for (KnownLink link : counting) {
      boolean isHeld = connected.set(link.first().getId()).size() > HELD * rules.largest();
      if (!isHeld && mayUnite(link, one, merged, splits)) {
        one.unite(link.first().getId(), link.second().getId());
      }
    }
    return one;
  }

  private boolean mayUnite(
      KnownLink link, UnitedSets one, UnitedSets merged, List<IdentityDecision> splits) {
    String first = link.first().getId();
    String second = link.second().getId();
    return !one.isOne(first, second)
        && splits.stream().noneMatch(split -> isBetween(split, first, second, one))
        && Limits.exceeded(one.set(first), one.set(second), merged, rules).isEmpty();
  }

  private static boolean isBetween(
      IdentityDecision split, String first, String second, UnitedSets one) {
    String here = ends(split).getFirst();
    String there = ends(split).getLast();
    return (one.isOne(here, first) && one.isOne(there, second))
        || (one.isOne(here, second) && one.isOne(there, first));
  }

  private static Set<String> blocked(Decisions decisions) {
    Set<String> blocked = new HashSet<>();
    decisions.of(Decisions.BLOCK).forEach(each -> blocked.add(each.getFirst().getId()));
    decisions.of(Decisions.ERASED).forEach(each -> blocked.add(each.getFirst().getId()));
    return blocked;
  }

  /** Those known to be, and those that the known links show to be. */
  private Set<String> shared(KnownGraph graph, Set<String> blocked) {
    Map<String, Set<String>> stronger = new HashMap<>();
    for (KnownLink link : graph.links()) {
      if (!link.isMerge()) {
        countStronger(link.first(), link.second(), blocked, stronger);
        countStronger(link.second(), link.first(), blocked, stronger);
      }
    }
    Set<String> shared = new HashSet<>(graph.shared());
    stronger.forEach(
        (id, others) -> {
          LinkedIdentifier identifier = graph.identifiers().get(id);
          if (identifier != null
              && rules
                  .rule(identifier.getKind())
                  .filter(rule -> others.size() > rule.shared())
                  .isPresent()) {
            shared.add(id);
          }
        });
    return shared;
  }

  private void countStronger(
      LinkedIdentifier of,
      LinkedIdentifier other,
      Set<String> blocked,
      Map<String, Set<String>> stronger) {
    if (!blocked.contains(other.getId())
        && rules.rank(other.getKind()) < rules.rank(of.getKind())) {
      stronger.computeIfAbsent(of.getId(), id -> new HashSet<>()).add(other.getId());
    }
  }

  /** Of each identifier only so many links to one kind count: those with the earliest evidence. */
  private List<KnownLink> counting(List<KnownLink> links) {
    Map<String, Integer> counts = new HashMap<>();
    Set<KnownLink> refused = new HashSet<>();
    links.stream()
        .filter(link -> !link.isMerge())
        .sorted(LinkOrder.BY_EVIDENCE.thenComparing(LinkOrder.of(rules)))
        .forEach(
            link -> {
              boolean isOneTooMany = isOneTooMany(link, link.first(), counts);
              if (isOneTooMany(link, link.second(), counts) || isOneTooMany) {
                refused.add(link);
              }
            });
    return links.stream().filter(link -> !refused.contains(link)).toList();
  }

  private boolean isOneTooMany(KnownLink link, LinkedIdentifier end, Map<String, Integer> counts) {
    LinkedIdentifier other = link.other(end);
    String key = end.getId() + UnitedSets.Sort.of(other);
    int most = rules.rule(other.getKind()).map(KindRule::most).orElse(Integer.MAX_VALUE);
    return counts.merge(key, 1, Integer::sum) > most;
  }

  /**
   * The strongest. Of those that were one person the present owner is, if it is still here: it was
   * found with every link, of which some are not known here.
   */
  private String owner(
      List<LinkedIdentifier> set, KnownGraph graph, Map<String, Instant> earliest) {
    Set<String> ids = new HashSet<>();
    set.forEach(each -> ids.add(each.getId()));
    return set.stream()
        .filter(
            each -> {
              String owner = graph.owners().getOrDefault(each.getId(), each.getId());
              return owner.equals(each.getId()) || !ids.contains(owner);
            })
        .min(
            Comparator.comparingInt((LinkedIdentifier each) -> rules.rank(each.getKind()))
                .thenComparing(each -> earliest.getOrDefault(each.getId(), Instant.MAX))
                .thenComparing(LinkedIdentifier::getId))
        .orElse(set.getFirst())
        .getId();
  }

  private static Map<String, Instant> earliest(KnownGraph graph) {
    Map<String, Instant> earliest = new HashMap<>();
    for (KnownLink link : graph.links()) {
      Instant at = link.evidence().map(IdentityEvidence::getOccurredAt).orElse(Instant.MAX);
      earliest.merge(link.first().getId(), at, (one, two) -> one.isBefore(two) ? one : two);
      earliest.merge(link.second().getId(), at, (one, two) -> one.isBefore(two) ? one : two);
    }
    return earliest;
  }

  private static List<String> ends(IdentityDecision pair) {
    String first = pair.getFirst().getId();
    return List.of(first, pair.getSecond().map(LinkedIdentifier::getId).orElse(first));
  }
}

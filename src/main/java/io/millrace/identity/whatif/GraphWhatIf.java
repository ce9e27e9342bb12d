package io.millrace.identity.whatif;

import io.millrace.event.GraphNode;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.GraphStore;
import io.millrace.identity.IdentityGraph;
import io.millrace.identity.IdentityRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the graph of the role identity makes of the few identifiers that a decision concerns.
 *
 * @param rules of identity.yaml
 */
public record GraphWhatIf(IdentityRules rules) implements WhatIf {
  /** Of a link whose evidence is not known any more: later than any other. */
  private static final IdentityEvidence UNKNOWN =
      new IdentityEvidence("", "", "", Instant.ofEpochMilli(Long.MAX_VALUE));

  private record Rows(Map<String, GraphNode> rows) implements GraphStore {
    @Override
    public Optional<GraphNode> find(String id) {
      return Optional.ofNullable(rows.get(id));
    }

    @Override
    public void put(String id, GraphNode row) {
      rows.put(id, row);
    }

    String owner(String id) {
      return find(id).map(row -> row.getAssignment().getOwner()).orElse(id);
    }
  }

  @Override
  public List<Group> groups(KnownGraph known) {
    Rows rows = new Rows(new HashMap<>());
    IdentityGraph graph = new IdentityGraph(rules, rows);
    known.links().stream()
        .filter(link -> speaks(link, known))
        .forEach(link -> graph.link(row(link)));
    known.decisions().latest().stream()
        .filter(decision -> isWithin(decision, known))
        .forEach(graph::decide);
    Map<String, List<LinkedIdentifier>> sets = new TreeMap<>();
    known
        .identifiers()
        .forEach(
            (id, end) -> sets.computeIfAbsent(rows.owner(id), owner -> new ArrayList<>()).add(end));
    Map<String, Instant> earliest = earliest(known);
    return sets.values().stream().map(set -> new Group(owner(set, known, earliest), set)).toList();
  }

  /** What is known to be shared joins nobody, though not all of its links are known here. */
  private boolean speaks(KnownLink link, KnownGraph known) {
    return mayJoin(link.first(), link.second())
        && (link.isMerge() || !link.hasEndIn(known.shared()));
  }

  /** The rules may have changed since. */
  private boolean mayJoin(LinkedIdentifier first, LinkedIdentifier second) {
    return rules.rule(first.getKind()).isPresent()
        && rules.rule(second.getKind()).isPresent()
        && rules.isOfAccounts(first.getKind()) == rules.isOfAccounts(second.getKind());
  }

  private boolean isWithin(IdentityDecision decision, KnownGraph known) {
    return known.identifiers().containsKey(decision.getFirst().getId())
        && decision
            .getSecond()
            .map(
                second ->
                    known.identifiers().containsKey(second.getId())
                        && mayJoin(decision.getFirst(), second))
            .orElse(true);
  }

  private static IdentityLink row(KnownLink link) {
    return IdentityLink.newBuilder()
        .setFirst(link.first())
        .setSecond(link.second())
        .setRelation(link.isMerge() ? "MERGED" : "NAMED")
        .setEvidence(link.evidence().orElse(UNKNOWN))
        .build();
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
}

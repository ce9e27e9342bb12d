package io.millrace.identity.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.JoinedBy;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.KindRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the rows of random people say, against the graph with all of their links. */
class GraphWhatIfRandomTest {
  private static final List<String> KINDS = List.of("email", "contact", "anonymous");
  private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

  /** Where no limit applies, what the rows of people say is enough for any join. */
  @Test
  void rowsOfPeopleExplainThePeopleAndEveryJoin() {
    for (int round = 0; round < 500; round++) {
      long seed = 99_000L + round;
      Random random = new Random(seed);
      IdentityRules rules = rules(random, 1_000, 1_000);
      Map<String, LinkedIdentifier> identifiers = identifiers(random, 2 + random.nextInt(30));
      List<KnownLink> links = links(random, identifiers);
      List<Group> people = groups(rules, identifiers, links, List.of());
      List<KnownOwner> rows = people.stream().map(group -> row(group, links)).toList();
      KnownGraph known = KnownGraph.of(rows, List.of(), List.of(), new Decisions(List.of()));

      assertThat(new GraphWhatIf(rules).groups(known))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(people);

      IdentityDecision join = decision(Decisions.JOIN, random, identifiers);
      assertThat(sets(new GraphWhatIf(rules).groups(known.with(join))))
          .as("seed %d, after a join", seed)
          .isEqualTo(sets(groups(rules, identifiers, links, List.of(join))));
    }
  }

  private static IdentityRules rules(Random random, int most, int shared) {
    return new IdentityRules(
        KINDS.stream()
            .map(
                kind ->
                    new KindRule(
                        kind, most + random.nextInt(2), shared + random.nextInt(3), List.of()))
            .toList(),
        List.of(),
        most > 100 ? most : 2 + random.nextInt(8),
        Set.of());
  }

  private static Map<String, LinkedIdentifier> identifiers(Random random, int count) {
    Map<String, LinkedIdentifier> identifiers = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String kind = KINDS.get(random.nextInt(KINDS.size()));
      String system = kind.equals("email") ? "" : random.nextBoolean() ? "crm" : "shop";
      identifiers.put("id" + i, new LinkedIdentifier("id" + i, kind, system));
    }
    return identifiers;
  }

  private static List<KnownLink> links(Random random, Map<String, LinkedIdentifier> identifiers) {
    Map<String, KnownLink> links = new TreeMap<>();
    List<LinkedIdentifier> all = List.copyOf(identifiers.values());
    for (int i = random.nextInt(3 * all.size()); i > 0; i--) {
      LinkedIdentifier first = all.get(random.nextInt(all.size()));
      LinkedIdentifier second = all.get(random.nextInt(all.size()));
      if (!first.getId().equals(second.getId())) {
        IdentityEvidence evidence =
            new IdentityEvidence(
                random.nextBoolean() ? "crm" : "shop",
                "evt-" + random.nextInt(3),
                "contact.updated",
                Instant.ofEpochSecond(random.nextInt(10)));
        boolean isMerge = random.nextInt(8) == 0;
        KnownLink link = new KnownLink(first, second, isMerge, Optional.of(evidence));
        links.put(link.first().getId() + link.second().getId() + isMerge, link);
      }
    }
    return new ArrayList<>(links.values());
  }

  private static IdentityDecision decision(
      String sort, Random random, Map<String, LinkedIdentifier> identifiers) {
    List<LinkedIdentifier> pair = new ArrayList<>(identifiers.values());
    Collections.shuffle(pair, random);
    List<LinkedIdentifier> ends =
        pair.subList(0, 2).stream()
            .sorted((one, two) -> one.getId().compareTo(two.getId()))
            .toList();
    boolean isSingle = Set.of("BLOCK", "ERASED").contains(sort) || random.nextInt(20) == 0;
    boolean isPair = !isSingle || Set.of("JOIN", "SPLIT").contains(sort);
    return new IdentityDecision(
        sort, ends.getFirst(), isPair ? ends.getLast() : null, "", "", Instant.EPOCH);
  }

  /** A row with the links by which each member was reached from the owner. */
  private static KnownOwner row(Group group, List<KnownLink> links) {
    Map<String, KnownMember> members = new TreeMap<>();
    Set<String> reached = new HashSet<>(Set.of(group.owner()));
    Deque<String> next = new ArrayDeque<>(reached);
    group.members().forEach(each -> members.put(each.getId(), member(each, Optional.empty())));
    while (!next.isEmpty()) {
      String from = next.poll();
      for (KnownLink link : links) {
        if (link.hasEndIn(Set.of(from))) {
          boolean isFirst = link.first().getId().equals(from);
          LinkedIdentifier other = isFirst ? link.second() : link.first();
          if (reached.add(other.getId())) {
            JoinedBy by =
                new JoinedBy(
                    from, link.isMerge() ? "MERGED" : "NAMED", link.evidence().orElse(null));
            members.put(other.getId(), member(other, Optional.of(by)));
            next.add(other.getId());
          }
        }
      }
    }
    return new KnownOwner(
        group.owner(),
        false,
        List.copyOf(members.values()),
        List.of(),
        0,
        Optional.of(DAY),
        Optional.of(DAY));
  }

  private static KnownMember member(LinkedIdentifier end, Optional<JoinedBy> by) {
    return new KnownMember(
        end, Optional.empty(), "JOINED", Optional.of(DAY), Optional.of(DAY), by, List.of());
  }

  private static List<Group> groups(
      IdentityRules rules,
      Map<String, LinkedIdentifier> identifiers,
      List<KnownLink> links,
      List<IdentityDecision> decisions) {
    return new GraphWhatIf(rules)
        .groups(new KnownGraph(identifiers, links, new Decisions(decisions), Set.of(), Map.of()));
  }

  private static Set<Set<String>> sets(Collection<Group> groups) {
    return groups.stream().map(Group::ids).collect(Collectors.toSet());
  }
}

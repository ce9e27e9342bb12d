package io.millrace.identity.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.KindRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Identifiers are written by kind and number: e1 is an e-mail address, c1 a contact. */
class GraphWhatIfTest {
  private static final IdentityRules RULES =
      new IdentityRules(
          List.of(
              new KindRule("e", 3, 20, List.of()),
              new KindRule("c", 1, 10, List.of()),
              new KindRule("a", 4, 2, List.of())),
          List.of(),
          6,
          Set.of());

  private final List<KnownLink> links = new ArrayList<>();
  private final List<IdentityDecision> decisions = new ArrayList<>();
  private final Map<String, String> owners = new TreeMap<>();
  private final Set<String> shared = new TreeSet<>();
  private final Set<String> known = new TreeSet<>();
  private int time;

  @Test
  void whatIsLinkedIsOne() {
    named("e1", "c1");
    named("c1", "a1");
    known.add("e2");

    assertThat(people()).containsExactlyInAnyOrder("e1: a1 c1 e1", "e2: e2");
  }

  @Test
  void theEarlierOfTwoLinksCountsIfBothExceedALimit() {
    named("e1", "c1");
    named("e1", "c2");

    assertThat(people()).containsExactlyInAnyOrder("e1: c1 e1", "c2: c2");
  }

  @Test
  void joinsByDecisionBeforeAnyLinkAndOverLimits() {
    named("e1", "c1");
    named("e2", "c2");
    decide(Decisions.JOIN, "c1", "c2");

    assertThat(people()).containsExactly("e1: c1 c2 e1 e2");

    named("e2", "c3");
    assertThat(people()).as("nothing makes it worse").contains("c3: c3");
  }

  @Test
  void splitsByDecisionWhereTheWeakerLinkIs() {
    named("e1", "c1");
    named("e2", "c1");
    decide(Decisions.SPLIT, "e1", "e2");

    assertThat(people()).containsExactlyInAnyOrder("e1: c1 e1", "e2: e2");
  }

  @Test
  void splitKeepsApartThoseThatJoinedLater() {
    named("e1", "a1");
    named("e2", "a2");
    named("a1", "c1");
    named("a2", "c1");
    decide(Decisions.SPLIT, "e1", "e2");

    assertThat(people()).hasSize(2).allMatch(person -> !person.contains("e1 e2"));
  }

  @Test
  void theLatestDecisionAboutAPairCounts() {
    known.addAll(Set.of("e1", "e2"));
    decide(Decisions.JOIN, "e1", "e2");
    decide(Decisions.SPLIT, "e1", "e2");
    assertThat(people()).hasSize(2);

    decide(Decisions.JOIN, "e1", "e2");
    assertThat(people()).hasSize(1);

    decide(Decisions.WITHDRAWN, "e1", "e2");
    assertThat(people()).hasSize(2);
  }

  @Test
  void whatIsBlockedJoinsNobodyNotEvenByDecision() {
    named("e1", "a1");
    named("e2", "a1");
    decide(Decisions.BLOCK, "a1");
    decide(Decisions.JOIN, "a1", "e1");

    assertThat(people()).containsExactlyInAnyOrder("e1: e1", "e2: e2", "a1: a1");
  }

  @Test
  void whatIsSharedJoinsNobodyExceptByDecision() {
    named("e1", "a1");
    named("e2", "a1");
    named("e3", "a1");
    assertThat(people()).as("more than two").hasSize(4);

    decide(Decisions.JOIN, "e2", "a1");
    assertThat(people()).containsExactlyInAnyOrder("e1: e1", "e2: a1 e2", "e3: e3");

    decide(Decisions.BLOCK, "e3");
    assertThat(people()).as("it stays shared").contains("e1: e1", "e2: a1 e2", "e3: e3");
  }

  @Test
  void knowsFromTheTopicsWhatIsShared() {
    named("e1", "a1");
    shared.add("a1");

    assertThat(people()).containsExactlyInAnyOrder("e1: e1", "a1: a1");
  }

  @Test
  void mergesOfTheCrmUniteAndCountOnce() {
    named("e1", "c1");
    merged("c1", "c2");
    named("e2", "c2");

    assertThat(people()).containsExactly("e1: c1 c2 e1 e2");
  }

  @Test
  void nobodyBecomesLargerThanTheLargest() {
    for (int i = 1; i < 8; i++) {
      known.add("x" + i);
    }
    named("e1", "a1");
    named("e1", "a2");
    named("e1", "a3");
    named("e1", "a4");
    named("e1", "e2");
    named("e1", "e3");

    assertThat(people()).contains("e1: a1 a2 a3 e1 e2 e3", "a4: a4");
  }

  @Test
  void holdsWhatIsLinkedToTooMany() {
    for (int i = 1; i <= 61; i++) {
      named("e" + i, "e" + (i + 1));
    }
    decide(Decisions.JOIN, "e1", "e2");
    merged("e3", "e4");

    assertThat(people()).contains("e1: e1 e2", "e3: e3 e4", "e5: e5").hasSize(60);
  }

  @Test
  void thePresentOwnerStaysWhereItIs() {
    named("e1", "c1");
    named("e2", "c1");
    owners.putAll(Map.of("e1", "e2", "e2", "e2", "c1", "e2"));
    assertThat(people()).as("by a link that is not known here").containsExactly("e2: c1 e1 e2");

    decide(Decisions.SPLIT, "e1", "e2");
    assertThat(people()).containsExactlyInAnyOrder("e1: c1 e1", "e2: e2");
  }

  private void named(String first, String second) {
    link(first, second, false);
  }

  private void merged(String first, String second) {
    link(first, second, true);
  }

  private void link(String first, String second, boolean isMerge) {
    known.addAll(Set.of(first, second));
    IdentityEvidence evidence =
        new IdentityEvidence("crm", "evt", "contact.updated", Instant.ofEpochSecond(time++));
    links.add(new KnownLink(end(first), end(second), isMerge, Optional.of(evidence)));
  }

  private void decide(String decision, String... about) {
    decisions.add(
        new IdentityDecision(
            decision,
            end(about[0]),
            about.length > 1 ? end(about[1]) : null,
            "because",
            "ada",
            Instant.ofEpochSecond(time++)));
  }

  private static LinkedIdentifier end(String id) {
    return new LinkedIdentifier(id, id.substring(0, 1), "");
  }

  /** Each person as owner and members. */
  private List<String> people() {
    Map<String, LinkedIdentifier> identifiers =
        known.stream().collect(Collectors.toMap(id -> id, GraphWhatIfTest::end));
    KnownGraph graph = new KnownGraph(identifiers, links, new Decisions(decisions), shared, owners);
    return new GraphWhatIf(RULES)
        .groups(graph).stream()
            .map(
                group ->
                    group.owner()
                        + ": "
                        + group.members().stream()
                            .map(LinkedIdentifier::getId)
                            .collect(Collectors.joining(" ")))
            .toList();
  }
}

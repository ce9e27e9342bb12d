package io.millrace.flow.erase;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.TestIdentifiers.email;
import static io.millrace.flow.testing.TestIdentifiers.naming;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.flow.engagement.ContextRule;
import io.millrace.flow.engagement.ContextRules;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.TestIdentifiers;
import io.millrace.flow.testing.TestRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After the orders, nothing of a person is left in any store, nor in a compacted topic. */
class ErasedPeopleTest {
  private static final Identifier ADA = email("ada@example.com");
  private static final Identifier PHONE = TestIdentifiers.of("phone", "", "+4930901820");
  private static final Identifier USER = TestIdentifiers.of("user", "site", "user-of-ada");
  private static final Identifier COOKIE = TestIdentifiers.of("anonymous", "site", "cookie-of-ada");
  private static final List<Identifier> OF_ADA = List.of(ADA, PHONE, USER, COOKIE);
  private static final Identifier BOB = email("bob@example.com");
  private static final Identifier BOBS = TestIdentifiers.of("user", "site", "user-of-bob");
  private static final Identifier DOMAIN = TestIdentifiers.of("domain", "", "example.com");

  private static final AccountIdentity ACCOUNT =
      AccountIdentity.newBuilder().setKey(DOMAIN.getId()).setIdentifiers(List.of(DOMAIN)).build();

  /** They remember what suppresses, and until no copy can come any more which events there were. */
  private static final Set<String> MARKS = Set.of("identity-nodes", "engagement-seen-event-ids");

  private final Random random = new Random(1);
  private final PeopleRoles flow =
      new PeopleRoles(
          NOON,
          TestRules.with(
              new ContextRules(
                  List.of(
                      new ContextRule(
                          "known",
                          List.of("product.waits"),
                          List.of("person.identified"),
                          Duration.ofHours(1)),
                      new ContextRule(
                          "heard",
                          List.of("product.other"),
                          List.of("email.opened"),
                          Duration.ofHours(1))))));

  private int events;

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void leavesNothingOfThePerson() {
    arriveAll(historyOfBoth());
    flow.settle(random);
    flow.pass(Duration.ofMinutes(10));
    flow.settle(random);
    arriveAll(openPanes());
    flow.settle(random);
    assertThat(flow.placesWith(ADA.getValue()))
        .contains("identifiers", "waiting-engagement", "people");
    assertThat(flow.rowsKeyedBy(ADA.getId()))
        .containsKeys("person-identifiers", "score-memory", "account-people", "open-panes");
    assertThat(flow.find(COOKIE).identifierIds()).hasSize(4);

    flow.erase(flow.find(COOKIE));
    flow.settle(random);

    nothingIsLeft();
    assertThat(flow.all(Topics.EVENTS_SUPPRESSED)).hasSize(2);
    assertThat(flow.all(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void leavesTheOtherPersonAlone() {
    arriveAll(historyOfBoth());
    flow.settle(random);
    flow.pass(Duration.ofMinutes(10));
    flow.settle(random);
    Map<String, Map<String, String>> before = flow.rowsKeyedBy(BOB.getId());

    flow.erase(flow.find(ADA));
    flow.settle(random);

    assertThat(flow.rowsKeyedBy(BOB.getId())).isEqualTo(before);
    assertThat(flow.latest(Topics.PEOPLE, BOB.getId())).isPresent();
    assertThat(flow.latest(Topics.LEAD_SCORES, BOB.getId())).isPresent();
  }

  @Test
  void takesThePersonOutOfTheirAccount() {
    arriveAll(historyOfBoth());
    flow.settle(random);
    flow.pass(Duration.ofMinutes(10));
    flow.settle(random);
    flow.pass(Duration.ofMinutes(10));
    assertThat(flow.latest(Topics.ACCOUNT_SCORES, DOMAIN.getId()).orElseThrow().toString())
        .contains(ADA.getId())
        .contains(BOB.getId());

    flow.erase(flow.find(ADA));
    flow.settle(random);
    flow.pass(Duration.ofMinutes(10));

    assertThat(flow.latest(Topics.ACCOUNT_SCORES, DOMAIN.getId()).orElseThrow().toString())
        .doesNotContain(ADA.getId())
        .contains(BOB.getId());
    assertThat(flow.placesWith(BOB.getId())).contains("account-members");
  }

  @Test
  void suppressesWhatComesLater() {
    arriveAll(historyOfBoth());
    flow.settle(random);
    flow.erase(flow.find(ADA));
    flow.settle(random);
    int before = flow.all(Topics.EVENTS_SUPPRESSED).size();

    flow.arrive(at(flow.now().minusSeconds(60), "page.viewed", COOKIE));
    flow.arrive(at(flow.now().plusSeconds(30), "page.viewed", ADA, PHONE));
    flow.settle(random);

    assertThat(flow.all(Topics.EVENTS_SUPPRESSED)).hasSize(before + 2);
    nothingIsLeft();
  }

  @Test
  void doesNotBringOldLinksBackWhenTheErasureIsLifted() {
    arriveAll(historyOfBoth());
    flow.settle(random);
    ErasedPerson ada = flow.find(ADA);
    flow.erase(ada);
    flow.settle(random);
    flow.pass(Duration.ofHours(1));
    flow.lift(ada);
    flow.settle(random);
    flow.arrive(at(flow.now(), "page.viewed", ADA));
    flow.settle(random);

    assertThat(flow.latest(Topics.PEOPLE, ADA.getId()).orElseThrow().getIdentifiers()).hasSize(1);
    assertThat(flow.placesWith(PHONE.getValue())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void leavesNothingWhateverIsUnderWay(long seed) {
    Random order = new Random(seed);
    List<Event> all = historyOfBoth();
    all.addAll(openPanes());
    Collections.shuffle(all, order);
    arriveAll(all.subList(0, all.size() / 2));
    flow.settle(order);
    arriveAll(all.subList(all.size() / 2, all.size()));
    for (int steps = order.nextInt(60); steps > 0; steps--) {
      flow.deliver(order);
    }

    // The command names all, because the flow may not know yet that they are one.
    OF_ADA.forEach(identifier -> flow.erase(flow.find(identifier)));
    flow.settle(order);
    flow.pass(Duration.ofHours(2));
    flow.settle(order);

    nothingIsLeft();
    assertThat(flow.latest(Topics.PEOPLE, BOB.getId())).isPresent();
    assertThat(flow.all(Topics.DEAD_LETTERS)).isEmpty();
  }

  private void nothingIsLeft() {
    for (Identifier identifier : OF_ADA) {
      assertThat(flow.placesWith(identifier.getValue())).as(identifier.getKind()).isEmpty();
      assertThat(flow.rowsKeyedBy(identifier.getId()).keySet())
          .as(identifier.getKind())
          .isSubsetOf(MARKS);
      assertThat(flow.latest(Topics.PEOPLE, identifier.getId())).isEmpty();
      assertThat(flow.latest(Topics.LEAD_SCORES, identifier.getId())).isEmpty();
    }
  }

  private void arriveAll(List<Event> all) {
    all.forEach(flow::arrive);
  }

  private List<Event> historyOfBoth() {
    List<Event> history = new ArrayList<>();
    for (int visit = 0; visit < 4; visit++) {
      history.add(at(NOON.minusSeconds(600 - visit), "page.viewed", COOKIE));
      history.add(at(NOON.minusSeconds(500 - visit), "page.viewed", ADA, PHONE));
      history.add(at(NOON.minusSeconds(400 - visit), "page.viewed", BOB, BOBS));
      history.add(at(NOON.minusSeconds(300 - visit), "product.feature_used", USER, COOKIE));
    }
    history.add(at(NOON.minusSeconds(200), "form.submitted", ADA, USER));
    history.add(at(NOON.minusSeconds(190), "product.project_created", USER));
    history.add(at(NOON.minusSeconds(180), "email.opened", ADA));
    history.add(at(NOON.minusSeconds(170), "product.waits", ADA, PHONE));
    history.add(at(NOON.minusSeconds(160), "product.waits", COOKIE));
    history.add(at(NOON.minusSeconds(150), "email.clicked", BOB));
    return history;
  }

  private List<Event> openPanes() {
    return new ArrayList<>(
        List.of(
            at(flow.now(), "page.viewed", ADA, PHONE),
            at(flow.now(), "page.viewed", COOKIE),
            at(flow.now(), "email.clicked", USER)));
  }

  private Event at(Instant at, String type, Identifier... identifiers) {
    Event named =
        naming(
            event(
                identifiers[0].getId(),
                "event-" + events++,
                type,
                at,
                Map.of("path", "/pricing", "seen_as", identifiers[0].getValue())),
            identifiers);
    return identifiers[0].getKind().equals("email")
        ? Event.newBuilder(named).setAccount(ACCOUNT).build()
        : named;
  }
}

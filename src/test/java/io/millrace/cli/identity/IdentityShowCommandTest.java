package io.millrace.cli.identity;

import static io.millrace.cli.identity.PeopleStory.alone;
import static io.millrace.cli.identity.PeopleStory.apart;
import static io.millrace.cli.identity.PeopleStory.id;
import static io.millrace.cli.identity.PeopleStory.joined;
import static io.millrace.cli.identity.PeopleStory.strongest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.app.Exit;
import io.millrace.event.PersonIdentifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityShowCommandTest {
  private static final String ADA = "email::ada@example.com";
  private static final String CONTACT = "contact:crm:101";
  private static final String BROWSER = "anonymous:shop:b-1";
  private static final String BOB = "email::bob@example.com";

  private final PeopleStory story = new PeopleStory();

  @Test
  void showsThePersonFromAnyOfItsIdentifiers() {
    ada();

    for (String typed :
        List.of(
            "Ada@example.com",
            "contact:crm:101",
            "contact/crm:101",
            "contact:101",
            id(ADA),
            id(CONTACT),
            "anonymous:shop:b-1")) {
      assertThat(story.run("show", typed)).as(typed).isEqualTo(Exit.DONE);
      assertThat(story.out()).as(typed).startsWith("person " + id(ADA) + "\n");
    }
  }

  @Test
  void saysWhatJoinedEachAsATree() {
    ada();

    story.run("show", "shop:b-1");

    List<String> lines = story.out().lines().map(String::stripTrailing).toList();
    int at = lines.indexOf("identifiers: 3");
    assertThat(lines.get(at + 2)).startsWith("  email:ada@example.com").contains(" - ", id(ADA));
    assertThat(lines.get(at + 3))
        .startsWith("  └ contact:crm:101")
        .contains("2026-01-02  2026-03-04  JOINED")
        .contains(
            "named together by crm contact.updated evt-contact:crm:101 at 2026-01-02T12:00:00Z");
    assertThat(lines.get(at + 4)).startsWith("    └ anonymous:shop:b-1").contains("a decision");
  }

  @Test
  void showsScoreAccountsDecisionsAndTheLatestChanges() {
    ada();
    story.score(ADA, 42);
    story.decided("JOIN", CONTACT, BROWSER);
    story.decided("SPLIT", BOB, "email::eve@example.com");
    for (int i = 0; i < 12; i++) {
      story.changed(CONTACT, CONTACT, ADA);
    }

    assertThat(story.run("show", "ada@example.com", "--changes", "3")).isEqualTo(Exit.DONE);

    assertThat(story.out())
        .contains("score  42 (model 1, as of 2026-01-02T12:00:00Z)")
        .contains("seen   2026-01-02 to 2026-03-04")
        .contains("accounts: 1\n  domain:" + id("domain::example.com"))
        .contains("decisions: 1\n")
        .contains("grace  a wrong merge")
        .contains("latest changes: 3\n");
  }

  @Test
  void showsAccounts() {
    story.account(3, "domain::example.com", "account:crm:7", "group:shop:9");
    story.accountScore("domain::example.com", 70);

    for (String typed : List.of("example.com", "account:crm:7", "account/crm:7", "group:shop:9")) {
      assertThat(story.run("show", typed)).as(typed).isEqualTo(Exit.DONE);
      assertThat(story.out())
          .as(typed)
          .startsWith("account " + id("domain::example.com") + "\n")
          .contains("people  3\n", "score   70 (accounts 1, as of 2026-01-02T12:00:00Z)")
          .contains("identifiers: 3", "account:crm:7 ", "group:shop:" + id("group:shop:9"));
    }
    assertThat(story.out()).contains("found   group:shop:9\n");
  }

  @Test
  void saysWhichAccountsAPersonHas() {
    ada();
    story.account(3, "account:crm:7", "domain::example.com", "group:shop:9");

    story.run("show", "ada@example.com");

    assertThat(story.out()).contains("accounts: 1\n  domain:example.com\n");
  }

  @Test
  void whatNobodyLinkedIsAPersonByItself() {
    story.person(alone(ADA));

    assertThat(story.run("show", "ada@example.com")).isEqualTo(Exit.DONE);

    assertThat(story.out()).contains("by itself", "person " + id(ADA));
  }

  @Test
  void saysWhyLimitsKeepPeopleApart() {
    story.person(apart(strongest(ADA), "JOINED", "contact:crm:102"), joined(CONTACT, ADA, "NAMED"));
    story.person(apart(alone("contact:crm:102"), "CONFLICT", ADA));

    story.run("show", "contact:crm:102");

    assertThat(story.out())
        .contains("CONFLICT: a limit keeps it apart")
        .contains("kept apart from: 1\n  " + id(ADA) + "  email:ada@example.com")
        .contains("linked through  contact:crm:102")
        .contains("2 of the kind contact of crm, and identity.yaml allows 1");
  }

  @Test
  void saysWhoDecidedToKeepPeopleApart() {
    story.person(apart(strongest(ADA), "JOINED", BOB), joined(CONTACT, ADA, "NAMED"));
    story.person(apart(alone(BOB), "CONFLICT", ADA));
    story.decided("SPLIT", CONTACT, BOB);

    story.run("show", "bob@example.com");

    assertThat(story.out())
        .contains("because         grace decided so at 2026-01-02T12:00:00Z: a wrong merge");
  }

  @Test
  void explainsEveryStateThatIsNotOrdinary() {
    story.person(apart(alone(BROWSER), "SHARED"));
    story.person(apart(alone(ADA), "BLOCKED"));
    story.person(apart(alone(BOB), "HELD"));
    story.person(apart(alone(CONTACT), "ERASED"));

    story.run("show", "anonymous:shop:b-1");
    assertThat(story.out()).contains("SHARED: it is linked to more than 3 stronger");
    story.run("show", "ada@example.com");
    assertThat(story.out()).contains("BLOCKED: ", "identity withdraw");
    story.run("show", "bob@example.com");
    assertThat(story.out()).contains("HELD: ", "(1000)", "identity block");
    story.run("show", "contact:crm:101");
    assertThat(story.out()).contains("ERASED: ");
  }

  @Test
  void saysThatNothingIsKnownAndWhatToCheck() {
    ada();

    assertThat(story.run("show", "nobody@example.com")).isEqualTo(Exit.NO);

    assertThat(story.out()).isEmpty();
    assertThat(story.err())
        .contains("Nothing is known of nobody@example.com", id("email::nobody@example.com"))
        .contains("identity.key");
    assertThat(story.run("show", "nobody")).isEqualTo(Exit.USAGE);
    assertThat(story.err()).contains("contact:crm:101");
  }

  @Test
  void printsNoControlCharactersOfStrangers() {
    String hostile = "user:crm:\u001b[2J\u202eevil\r\nforged  row";
    story.person(strongest(ADA), joined(hostile, ADA, "NAMED"));

    story.run("show", "ada@example.com");

    assertThat(story.out())
        .contains("\\u001b[2J\\u202eevil\\u000d\\u000aforged")
        .doesNotContain("\u001b", "\u202e", "\r");
  }

  @Test
  void listsOnlySoManyIdentifiersHoweverTheyHangTogether() {
    List<PersonIdentifier> chain = new ArrayList<>(List.of(strongest(ADA)));
    String before = ADA;
    for (int i = 0; i < 3_000; i++) {
      String next = "anonymous:shop:" + i;
      chain.add(joined(next, before, "NAMED"));
      before = next;
    }
    // A circle, and one whose link leads elsewhere, must not be lost.
    chain.add(joined("user:shop:1", "user:shop:2", "NAMED"));
    chain.add(joined("user:shop:2", "user:shop:1", "NAMED"));
    chain.add(joined("user:shop:3", BOB, "NAMED"));
    story.person(chain.toArray(PersonIdentifier[]::new));

    story.run("show", "ada@example.com", "--limit", "5");
    assertThat(story.out()).contains("identifiers: 3004", "and 2999 more");
    assertThat(story.out().lines().filter(line -> line.contains("└"))).hasSize(4);

    story.run("show", "ada@example.com", "--limit", "5000");
    assertThat(story.out()).contains("user:shop:1 ", "user:shop:2 ", "user:shop:3 ");
    assertThat(story.out().lines().mapToInt(String::length).max().orElse(0)).isLessThan(300);
  }

  @Test
  void printsEverythingAsJson() throws Exception {
    ada();
    story.score(ADA, 42);
    story.changed(CONTACT, CONTACT, ADA);
    story.decided("JOIN", CONTACT, BROWSER);

    assertThat(story.run("show", "contact:crm:101", "--json")).isEqualTo(Exit.DONE);

    JsonNode json = new JsonMapper().readTree(story.out());
    assertThat(json.path("owner").asText()).isEqualTo(id(ADA));
    assertThat(json.path("owner_is").asText()).isEqualTo("person");
    assertThat(json.path("found").path("value").asText()).isEqualTo("101");
    assertThat(json.path("identifiers")).hasSize(3);
    JsonNode contact = json.path("identifiers").get(1);
    assertThat(contact.path("joined_by").path("other").asText()).isEqualTo(id(ADA));
    assertThat(contact.path("joined_by").path("event_id").asText()).isEqualTo("evt-" + CONTACT);
    assertThat(json.path("score").path("score").asInt()).isEqualTo(42);
    assertThat(json.path("changes")).hasSize(1);
    assertThat(json.path("decisions").get(0).path("reason").asText()).isEqualTo("a wrong merge");
    assertThat(json.path("accounts")).hasSize(1);
  }

  @Test
  void refusesNegativeNumbers() {
    assertThat(story.run("show", "ada@example.com", "--limit", "-1")).isEqualTo(Exit.USAGE);
    assertThat(story.run("show")).isEqualTo(Exit.USAGE);
  }

  private void ada() {
    story.person(
        strongest(ADA), joined(CONTACT, ADA, "NAMED"), joined(BROWSER, CONTACT, "DECIDED"));
  }
}

package io.millrace.cli.identity;

import static io.millrace.cli.identity.PeopleStory.alone;
import static io.millrace.cli.identity.PeopleStory.apart;
import static io.millrace.cli.identity.PeopleStory.id;
import static io.millrace.cli.identity.PeopleStory.joined;
import static io.millrace.cli.identity.PeopleStory.strongest;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Exit;
import io.millrace.event.IdentityDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionCommandsTest {
  private static final String ADA = "email::ada@example.com";
  private static final String BOB = "email::bob@example.com";
  private static final String CONTACT = "contact:crm:101";
  private static final String OTHER = "contact:crm:102";
  private static final String BROWSER = "anonymous:shop:b-1";

  private final PeopleStory story = new PeopleStory();

  @Test
  void showsWhatAJoinWouldChange() {
    twoPeople();
    story.score(ADA, 42);
    story.score(BOB, 7);

    assertThat(run("join", "contact:crm:101", "contact:crm:102", "--dry-run")).isEqualTo(Exit.DONE);

    String lesser = lesser(ADA, BOB);
    String greater = lesser.equals(id(ADA)) ? id(BOB) : id(ADA);
    assertThat(said())
        .startsWith("JOIN contact:crm:101 and contact:crm:102: both are Ada")
        .contains("now:", "then:", "5: ", "ends")
        .contains("has other identifiers", "computed again", "now, then none")
        .contains(" 42 now", " 7 now")
        .contains("Nothing was written");
    assertThat(said().substring(said().indexOf("then:"))).contains(lesser + "  5:");
    assertThat(said()).contains("people                " + greater + "  ends");
    assertThat(story.written).isEmpty();
  }

  @Test
  void showsThatAJoinOfOthersLeavesALimitInForce() {
    twoPeople();

    run("join", "ada@example.com", "bob@example.com", "--dry-run");

    assertThat(said().substring(said().indexOf("then:")))
        .as("one contact of a CRM is the most")
        .contains("4:  ", "1:  contact:crm:10");
  }

  @Test
  void showsWhatASplitWouldChangeWithTheRecordsThatMove() {
    story.person(
        strongest(ADA),
        joined(CONTACT, ADA, "NAMED"),
        joined(BOB, CONTACT, "NAMED"),
        joined(BROWSER, BOB, "NAMED"));

    assertThat(run("split", "ada@example.com", "bob@example.com", "--dry-run"))
        .isEqualTo(Exit.DONE);

    assertThat(said())
        .contains("  " + id(BOB) + "  2:  email:bob@example.com, anonymous:shop:b-1")
        .contains("identity-assignments  2 identifiers")
        .doesNotContain("records that get", "likely");

    story.person(strongest(OTHER), joined("user:crm:1", OTHER, "NAMED"));
    run("split", "contact:crm:102", "user:crm:1", "--dry-run");
    assertThat(said()).doesNotContain("records that get");
    run("block", "contact:crm:101", "--dry-run");
    assertThat(said()).contains("records that get another person: contact/crm:101");
  }

  @Test
  void saysWhenADecisionChangesNothingNow() {
    twoPeople();

    assertThat(run("split", "ada@example.com", "bob@example.com", "--in-advance", "--dry-run"))
        .isEqualTo(Exit.DONE);

    assertThat(said()).contains("Nothing changes now").doesNotContain("now:");
  }

  @Test
  void admitsThatSomeLinksAreNotKnown() {
    story.person(strongest(ADA), joined(CONTACT, ADA, "NAMED"), strongest(BROWSER));

    run("block", "contact:crm:101", "--dry-run");

    assertThat(said()).contains("likely outcome");
  }

  @Test
  void writesADecisionAndShowsTheResult() {
    twoPeople();
    story.flow =
        () -> {
          for (String each : List.of(BOB, OTHER)) {
            story.assign(joined(each, ADA, "DECIDED"), id(ADA), 2);
          }
        };

    assertThat(run("join", "contact:crm:102", "contact:crm:101", "--by", "grace"))
        .isEqualTo(Exit.DONE);

    IdentityDecision written = story.written.getFirst();
    assertThat(written.getDecision()).isEqualTo("JOIN");
    assertThat(written.getReason()).isEqualTo("both are Ada");
    assertThat(written.getDecidedBy()).isEqualTo("grace");
    assertThat(written.getFirst().getId()).isEqualTo(lesser(CONTACT, OTHER));
    assertThat(written.getSecond().orElseThrow().getKind()).isEqualTo("contact");
    assertThat(said())
        .contains("before:", "  " + id(BOB) + "  2:  email:bob@example.com, contact:crm:102")
        .contains("after:", "  " + id(ADA) + "  5:  email:ada@example.com")
        .contains("Decided.");
    assertThat(story.run("show", "bob@example.com")).isEqualTo(Exit.DONE);
    assertThat(story.out()).contains("both are Ada");
  }

  @Test
  void saysWhenTheFlowDoesNotRead() {
    twoPeople();
    story.isRunning = false;

    assertThat(run("join", "bob@example.com", "ada@example.com", "--wait", "PT0S"))
        .isEqualTo(Exit.NO);

    assertThat(story.err()).contains("is written", "role identity", "no need to decide again");
    assertThat(story.written).hasSize(1);
  }

  @Test
  void saysWhenTheFlowDecidedOtherwise() {
    twoPeople();

    assertThat(run("join", "bob@example.com", "ada@example.com")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("The two are not one");

    assertThat(run("split", "ada@example.com", "contact:crm:101")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("still one");
  }

  @Test
  void refusesToDecideWhatIsSoAlreadyUnlessInAdvance() {
    twoPeople();

    assertThat(run("join", "ada@example.com", "contact:crm:101")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("one already", id(ADA), "--in-advance");
    assertThat(run("split", "ada@example.com", "contact:crm:102")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("are not one", id(BOB), "--in-advance");
    assertThat(story.written).isEmpty();

    assertThat(run("split", "ada@example.com", "contact:crm:102", "--in-advance"))
        .isEqualTo(Exit.DONE);
    assertThat(run("join", "ada@example.com", "contact:crm:101", "--in-advance"))
        .isEqualTo(Exit.DONE);
    assertThat(story.written).extracting(IdentityDecision::getDecision).contains("SPLIT", "JOIN");
  }

  @Test
  void refusesNonsense() {
    twoPeople();
    story.assign(alone("domain::example.com"), id("domain::example.com"), 1);

    assertThat(run("join", "ada@example.com", "email:Ada@example.com")).isEqualTo(Exit.USAGE);
    assertThat(story.err()).contains("the same identifier");
    assertThat(run("join", "ada@example.com", "domain:example.com")).isEqualTo(Exit.USAGE);
    assertThat(story.err())
        .contains("domain:example.com belongs to an account", "ada@example.com to a person");
    assertThat(run("join", "ada@example.com", "nobody@example.com")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("Nothing is known of nobody@example.com");
    assertThat(story.run("join", "ada@example.com", "bob@example.com")).isEqualTo(Exit.USAGE);
    assertThat(story.err()).contains("--reason");
    assertThat(story.run("block", "ada@example.com", "--reason", " ")).isEqualTo(Exit.USAGE);
    assertThat(run("block", "ada@example.com", "--by", "")).isEqualTo(Exit.USAGE);
    assertThat(run("block", "ada@example.com", "--wait", "-PT1S")).isEqualTo(Exit.USAGE);
    assertThat(story.written).isEmpty();
  }

  @Test
  void blocksOnceAndUnblocks() {
    twoPeople();

    assertThat(run("withdraw", "anonymous:shop:b-1")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("Nothing is decided about", "alone");
    assertThat(run("block", "anonymous:shop:b-1")).isEqualTo(Exit.DONE);
    assertThat(run("block", "anonymous:shop:b-1")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("blocked already");
    assertThat(run("join", "anonymous:shop:b-1", "bob@example.com")).isEqualTo(Exit.USAGE);
    assertThat(story.err()).contains("is blocked", "identity withdraw");

    assertThat(run("withdraw", "anonymous:shop:b-1")).isEqualTo(Exit.DONE);
    assertThat(run("withdraw", "anonymous:shop:b-1")).isEqualTo(Exit.NO);
    assertThat(story.written)
        .extracting(IdentityDecision::getDecision)
        .containsExactly("BLOCK", "WITHDRAWN");
    assertThat(story.written.getLast().getSecond()).isEmpty();
  }

  @Test
  void withdrawsADecisionAboutAPairInEitherOrder() {
    twoPeople();
    story.decided("SPLIT", ADA, BOB);

    assertThat(run("withdraw", "ada@example.com")).isEqualTo(Exit.NO);
    assertThat(run("withdraw", "bob@example.com", "ada@example.com")).isEqualTo(Exit.DONE);
    assertThat(run("withdraw", "ada@example.com", "bob@example.com")).isEqualTo(Exit.NO);
    assertThat(story.err()).contains("as a pair");
  }

  @Test
  void decidesLaterThanWhoeverHadAFastClock() {
    twoPeople();
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
    story.decided(tomorrow, "SPLIT", ADA, BOB);

    assertThat(run("withdraw", "ada@example.com", "bob@example.com")).isEqualTo(Exit.DONE);
    assertThat(story.written.getLast().getDecidedAt()).isEqualTo(tomorrow.plusMillis(1));
  }

  @Test
  void decidesNothingAboutWhatWasErased() {
    twoPeople();
    story.person(apart(alone("lead:crm:7"), "ERASED"));
    story.decided("ERASED", CONTACT);

    assertThat(run("join", "lead:crm:7", "ada@example.com")).isEqualTo(Exit.USAGE);
    assertThat(run("withdraw", "contact:crm:101")).isEqualTo(Exit.USAGE);
    assertThat(story.err()).contains("was erased");
  }

  @Test
  void followsWhatIsKeptApartAndIsSetFree() {
    story.person(apart(strongest(ADA), "JOINED", OTHER), joined(CONTACT, ADA, "NAMED"));
    story.person(apart(alone(OTHER), "CONFLICT", ADA));

    run("block", "contact:crm:101", "--dry-run");

    assertThat(said().substring(said().indexOf("then:")))
        .as("the other contact takes the free place")
        .contains("2:  email:ada@example.com, contact:crm:102");
  }

  @Test
  void copesWithManyNeighbours() {
    List<String> owners = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      owners.add("contact:crm:" + i);
      story.person(apart(alone("contact:crm:" + i), "CONFLICT", ADA));
    }
    story.person(apart(strongest(ADA), "JOINED", owners.toArray(String[]::new)));

    assertThat(run("block", "ada@example.com", "--dry-run")).isEqualTo(Exit.DONE);
    assertThat(said()).contains("too many to follow");
  }

  private void twoPeople() {
    story.person(strongest(ADA), joined(CONTACT, ADA, "NAMED"), joined(BROWSER, CONTACT, "NAMED"));
    story.person(strongest(BOB), joined(OTHER, BOB, "NAMED"));
  }

  private int run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--reason", "both are Ada"));
    return story.run(all.toArray(String[]::new));
  }

  private String said() {
    return story.out();
  }

  private static String lesser(String one, String two) {
    return id(one).compareTo(id(two)) < 0 ? id(one) : id(two);
  }
}

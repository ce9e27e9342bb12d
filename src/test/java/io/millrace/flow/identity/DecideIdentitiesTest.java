package io.millrace.flow.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.event.DeadLetter;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkedIdentifier;
import io.millrace.flow.step.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DecideIdentitiesTest {
  private static final LinkedIdentifier ANN = new LinkedIdentifier("ann", "email", "");
  private static final LinkedIdentifier BOB = new LinkedIdentifier("bob", "email", "");
  private static final LinkedIdentifier PHONE = new LinkedIdentifier("phone", "phone", "");
  private static final LinkedIdentifier COOKIE = new LinkedIdentifier("cookie", "anonymous", "app");

  @Test
  void joinsWhatAnEventNamedTogether() {
    try (IdentityFlow flow = new IdentityFlow()) {
      flow.send(link(ANN, COOKIE, 5), 100);

      List<TestRecord<String, IdentityAssignment>> told = flow.read(Topics.IDENTITY_ASSIGNMENTS);
      assertThat(told)
          .extracting(TestRecord::key, TestRecord::timestamp)
          .containsExactlyInAnyOrder(tuple("ann", 100L), tuple("cookie", 100L));
      assertThat(told)
          .extracting(record -> record.value().getOwner(), record -> record.value().getNumber())
          .containsOnly(tuple("ann", 1L));
      IdentityChange change =
          flow.read(Topics.IDENTITIES_CHANGED).stream()
              .filter(record -> record.key().equals("cookie"))
              .findFirst()
              .orElseThrow()
              .value();
      assertThat(change.getChange()).isEqualTo("JOINED");
      assertThat(change.getPreviousOwner()).isEqualTo("cookie");
      assertThat(change.getChangedAt()).isEqualTo(Instant.ofEpochMilli(100));
      assertThat(change.getJoinedBy().orElseThrow().getOther()).isEqualTo("ann");
    }
  }

  @Test
  void saysNothingAboutWhatIsKnown() {
    try (IdentityFlow flow = new IdentityFlow()) {
      flow.send(link(ANN, COOKIE, 5), 100);
      flow.read(Topics.IDENTITY_ASSIGNMENTS);

      flow.send(link(ANN, COOKIE, 5), 101);
      flow.send(link(ANN, COOKIE, 6), 102);

      assertThat(flow.read(Topics.IDENTITY_ASSIGNMENTS)).isEmpty();
    }
  }

  @Test
  void splitsWhatSomebodyDecidedToKeepApart() {
    try (IdentityFlow flow = new IdentityFlow()) {
      flow.send(link(ANN, PHONE, 1), 100);
      flow.send(link(BOB, PHONE, 2), 101);
      assertThat(flow.owners()).isEqualTo(Map.of("ann", "ann", "bob", "ann", "phone", "ann"));

      flow.send(decided("SPLIT", ANN, BOB, 10), 102);
      assertThat(flow.owners()).isEqualTo(Map.of("ann", "ann", "bob", "bob", "phone", "ann"));
      assertThat(flow.last("bob").getApartFrom()).containsExactly("ann");

      flow.send(decided("WITHDRAWN", ANN, BOB, 11), 103);
      assertThat(flow.owners()).isEqualTo(Map.of("ann", "ann", "bob", "ann", "phone", "ann"));
      assertThat(flow.last("bob").getNumber()).isEqualTo(3);
    }
  }

  @Test
  void endsTheSameInAnyOrderAndAfterARestart() {
    List<SpecificRecord> inputs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      LinkedIdentifier cookie = new LinkedIdentifier("cookie" + i, "anonymous", "app");
      LinkedIdentifier contact = new LinkedIdentifier("contact" + i, "contact", "crm");
      inputs.add(link(i % 2 == 0 ? ANN : BOB, cookie, i));
      inputs.add(link(i % 3 == 0 ? ANN : BOB, contact, 20 - i));
      inputs.add(link(cookie, contact, 5));
    }
    inputs.add(link(ANN, PHONE, 7));
    inputs.add(decided("BLOCK", new LinkedIdentifier("cookie3", "anonymous", "app"), 1));
    Map<String, String> expected = results(inputs, inputs.size());
    Random random = new Random(5);
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(inputs, random);
      assertThat(results(inputs, random.nextInt(inputs.size()))).isEqualTo(expected);
    }
  }

  private static Map<String, String> results(List<SpecificRecord> inputs, int beforeRestart) {
    try (IdentityFlow first = new IdentityFlow();
        IdentityFlow second = new IdentityFlow()) {
      inputs.subList(0, beforeRestart).forEach(input -> first.send(input, 1));
      second.continueFrom(first);
      inputs.subList(beforeRestart, inputs.size()).forEach(input -> second.send(input, 2));
      return second.standings();
    }
  }

  @Test
  void refusesWhatNobodyCanHaveMeantAndGoesOn() {
    LinkedIdentifier domain = new LinkedIdentifier("domain", "domain", "");
    LinkedIdentifier unknown = new LinkedIdentifier("unknown", "shoe size", "");
    LinkedIdentifier endless = new LinkedIdentifier("x".repeat(1_000_000), "email", "");
    LinkedIdentifier other = new LinkedIdentifier("cookie", "phone", "");
    IdentityLink strange = link(ANN, COOKIE, 1);
    List<SpecificRecord> bad =
        List.of(
            link(ANN, ANN, 1),
            link(ANN, domain, 1),
            link(ANN, unknown, 1),
            link(COOKIE, endless, 1),
            link(ANN, other, 0),
            new IdentityLink(ANN, BOB, "MARRIED", strange.getEvidence()),
            decided("JOIN", ANN, 1),
            decided("BLOCK", ANN, BOB, 1),
            decided("FORGET", ANN, 1),
            decided("JOIN", ANN, domain, 1));
    try (IdentityFlow flow = new IdentityFlow()) {
      flow.send(strange, 1);
      bad.forEach(input -> flow.send(input, 2));
      flow.send(link(BOB, COOKIE, 2), 3);

      List<TestRecord<String, DeadLetter>> letters = flow.read(Topics.DEAD_LETTERS);
      assertThat(letters).hasSize(bad.size());
      assertThat(flow.owners()).isEqualTo(Map.of("ann", "ann", "bob", "ann", "cookie", "ann"));
    }
  }

  private static IdentityLink link(LinkedIdentifier one, LinkedIdentifier other, long at) {
    boolean isInOrder = one.getId().compareTo(other.getId()) < 0;
    return new IdentityLink(
        isInOrder ? one : other,
        isInOrder ? other : one,
        "NAMED",
        new IdentityEvidence("app", "event" + at, "page.viewed", Instant.ofEpochMilli(at)));
  }

  private static IdentityDecision decided(
      String what, LinkedIdentifier one, LinkedIdentifier other, long at) {
    return decision(what, one, at).setSecond(other).build();
  }

  private static IdentityDecision decided(String what, LinkedIdentifier one, long at) {
    return decision(what, one, at).build();
  }

  private static IdentityDecision.Builder decision(String what, LinkedIdentifier one, long at) {
    return IdentityDecision.newBuilder()
        .setDecision(what)
        .setFirst(one)
        .setDecidedAt(Instant.ofEpochMilli(at));
  }
}

package io.millrace.flow.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.LeadScore;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.Signal;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What a change of one person costs. */
final class LargeAccountTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final LinkedIdentifier ACME = new LinkedIdentifier("acme", "domain", "");

  private final Random random = new Random(1);

  @Test
  void aChangeCostsTheSameHoweverManyPeopleThereAre() {
    assertThat(rowsReadForOneChange(20_000)).isLessThanOrEqualTo(rowsReadForOneChange(100) + 20);
  }

  private long rowsReadForOneChange(int people) {
    AccountPartitions flow =
        new AccountPartitions(RandomAccounts.RULES, RandomAccounts.IDENTITY, 1);
    for (int i = 0; i < people; i++) {
      String person = "p" + i;
      LocalDate day = LocalDate.of(2026, 3, 2);
      arrive(flow, Topics.PEOPLE, person, new Person(person, List.of(), List.of(ACME), day, day));
      arrive(flow, Topics.LEAD_SCORES, person, score(person, i % 90));
      arrive(flow, Topics.SIGNALS_DETECTED, person, signal(person, "DETECTED", i % 1000));
    }
    settle(flow);
    long before = flow.rowsRead();
    arrive(flow, Topics.LEAD_SCORES, "p50", score("p50", 95));
    arrive(flow, Topics.SIGNALS_DETECTED, "p50", signal("p50", "CORRECTED", 500));
    arrive(flow, Topics.SIGNALS_DETECTED, "p60", signal("p60", "RETRACTED", 60));
    settle(flow);
    return flow.rowsRead() - before;
  }

  private void settle(AccountPartitions flow) {
    boolean isBusy = true;
    while (isBusy) {
      isBusy = flow.deliverOne(random);
    }
    flow.pass();
  }

  private static LeadScore score(String person, int score) {
    return new LeadScore(person, score, List.of(), "lead-score/2", NOON);
  }

  private static Signal signal(String person, String status, int minute) {
    Instant at = NOON.plus(Duration.ofMinutes(minute));
    String id = person + "|prices|1";
    return new Signal(id, "prices", person, person, status, at, at, List.of(), "Prices.");
  }

  private static void arrive(
      AccountPartitions flow, Topic<?> topic, String key, SpecificRecord value) {
    flow.arrive(new AccountPartitions.Written(topic.name(), key, value, NOON.toEpochMilli()));
  }
}

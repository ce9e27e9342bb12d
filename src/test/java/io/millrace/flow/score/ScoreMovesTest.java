package io.millrace.flow.score;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.DayCount;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.PersonMessage;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.format.EncodedSize;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Identifiers that join a person and leave it. */
final class ScoreMovesTest {
  private static final String ANN = "ann";
  private static final String COOKIE = "cookie";
  private static final Threshold QUALIFIED = new Threshold("qualified", 60, 40, "lead.qualified");
  private static final int DAY = Math.toIntExact(ScoreInput.day(NOON).toEpochDay());

  private final ScoreSteps step = new ScoreSteps(model("1", 10), Optional.of(model("2", 9)));

  @Test
  void addsUpWhatAllIdentifiersDid() {
    visits(ANN, ANN, 1, NOON);
    visits(ANN, COOKIE, 2, NOON);

    assertThat(only(Topics.LEAD_SCORES).value().getScore()).isEqualTo(30);
    assertThat(step.store().rows()).containsOnlyKeys(ANN, "ann/cookie");
  }

  @Test
  void keepsOneRowForSomeoneWithOneIdentifier() {
    visits(ANN, ANN, 3, NOON);

    ScoreMemory row = Objects.requireNonNull(step.store().rows().get(ANN));
    assertThat(step.store().rows()).containsOnlyKeys(ANN);
    assertThat(row.getOwn()).isEmpty();
    assertThat(row.getOthers()).isZero();
  }

  @Test
  void isWhatItWasOnceAnIdentifierHasLeft() {
    visits(ANN, ANN, 1, NOON.minus(Duration.ofDays(3)));
    ScoreMemory before = row(ANN);
    visits(ANN, COOKIE, 3, NOON.plus(Duration.ofDays(500)));
    assertThat(row(ANN).getCounts().get("visit")).extracting(DayCount::getDay).doesNotContain(DAY);

    step.depart(ANN, COOKIE, "bob", 7);

    assertThat(row(ANN)).isEqualTo(before);
    assertThat(step.store().rows()).containsOnlyKeys(ANN);
    LeadScore score = only(Topics.LEAD_SCORES).value();
    assertThat(score.getScore()).isEqualTo(10);
    assertThat(score.getAsOf()).isEqualTo(NOON.minus(Duration.ofDays(3)));
    LeadScoreChange change = only(Topics.LEAD_SCORES_CHANGED).value();
    assertThat(change.getCause()).isEqualTo("identity:cookie");
    assertThat(change.getPreviousScore()).isEqualTo(40);
  }

  @Test
  void takesItsPartToItsNewPerson() {
    visits(ANN, ANN, 1, NOON.plusSeconds(9));
    visits(ANN, COOKIE, 2, NOON);

    step.depart(ANN, COOKIE, "bob", 7);

    Record<String, PersonMessage> message = only(Topics.PERSON_MESSAGES);
    assertThat(message.key()).isEqualTo("bob");
    assertThat(message.timestamp()).isEqualTo(NOON.toEpochMilli());
    assertThat(message.value().getIdentifier()).isEqualTo(COOKIE);
    assertThat(message.value().getNumber()).isEqualTo(7);
    ScorePart part = message.value().getHistory().orElseThrow().getScore().orElseThrow();
    assertThat(part)
        .isEqualTo(new ScorePart(Map.of("visit", List.of(new DayCount(DAY, 2L))), NOON, Map.of()));

    step.join("bob", COOKIE, part);

    assertThat(only(Topics.LEAD_SCORES).key()).isEqualTo("bob");
    assertThat(only(Topics.LEAD_SCORES).value().getScore()).isEqualTo(20);
    assertThat(only(Topics.LEAD_SCORES_CHANGED).value().getCause()).isEqualTo("identity:cookie");
  }

  @Test
  void addsALateRest() {
    visits("bob", COOKIE, 1, NOON);

    step.join("bob", COOKIE, part(2, NOON));
    step.join("bob", COOKIE, part(1, NOON.plusSeconds(1)));

    LeadScore score = only(Topics.LEAD_SCORES).value();
    assertThat(score.getScore()).isEqualTo(40);
    assertThat(score.getAsOf()).isEqualTo(NOON.plusSeconds(1));
    assertThat(row("bob").getOthers()).isEqualTo(1);
  }

  @Test
  void sendsNothingOfAnIdentifierThatDidNothing() {
    visits(ANN, ANN, 1, NOON);

    step.depart(ANN, COOKIE, "bob", 7);
    assertThat(writtenAnywhere()).isEmpty();
    step.depart("nobody", COOKIE, "bob", 7);
    assertThat(writtenAnywhere()).isEmpty();
  }

  @Test
  void leavesNothingBehindOfSomeoneWhoIsAnother() {
    visits(ANN, COOKIE, 1, NOON);
    visits(ANN, ANN, 1, NOON);

    step.depart(ANN, ANN, "bob", 7);
    assertThat(only(Topics.LEAD_SCORES).value().getScore()).isEqualTo(10);
    step.depart(ANN, COOKIE, "bob", 8);

    assertThat(only(Topics.LEAD_SCORES).key()).isEqualTo(ANN);
    assertThat(only(Topics.LEAD_SCORES).value()).isNull();
    assertThat(only(Topics.LEAD_SCORES_COMPARED).value()).isNull();
    LeadScoreChange change = only(Topics.LEAD_SCORES_CHANGED).value();
    assertThat(change.getScore()).isZero();
    assertThat(change.getContributions()).isEmpty();
    assertThat(step.store().rows()).isEmpty();
  }

  @Test
  void announcesSomeoneWhoIsQualifiedOnlyTogether() {
    visits(ANN, ANN, 4, NOON);

    step.join(ANN, COOKIE, part(4, NOON));

    Event qualified = only(Topics.EVENTS_ORDERED).value();
    assertThat(qualified.getEventId()).isEqualTo("ann|qualified|1");
    assertThat(qualified.getData())
        .containsEntry("score", "80")
        .containsEntry("previous_score", "40");
    assertThat(qualified.getMetadata().getLineage().getDeliveryId()).isEqualTo("identity:cookie");
  }

  @Test
  void announcesNobodyWhoWasAnnouncedUnderAnotherName() {
    visits(ANN, ANN, 7, NOON);
    assertThat(step.written(Topics.EVENTS_ORDERED)).hasSize(1);
    step.depart(ANN, ANN, "bob", 7);
    ScorePart part = sentPart();
    assertThat(part.getReached()).isEqualTo(Map.of("qualified", true));
    visits("bob", "bob", 1, NOON);

    step.join("bob", ANN, part);

    assertThat(only(Topics.LEAD_SCORES).value().getScore()).isEqualTo(80);
    assertThat(step.written(Topics.EVENTS_ORDERED)).isEmpty();
  }

  @Test
  void numbersOnWhenSomeoneComesBack() {
    visits(ANN, ANN, 7, NOON);
    step.depart(ANN, ANN, "bob", 7);
    assertThat(step.store().rows()).as("the number").containsOnlyKeys(ANN);

    visits(ANN, ANN, 8, NOON);

    assertThat(only(Topics.EVENTS_ORDERED).value().getEventId()).isEqualTo("ann|qualified|2");
  }

  @Test
  void costsNoMoreWithAThousandIdentifiersThanWithTwo() {
    visits(ANN, ANN, 1, NOON);
    step.join(ANN, "other", part(1, NOON));
    long two = EncodedSize.of(row(ANN));
    for (int number = 0; number < 1_000; number++) {
      step.join(ANN, "other" + number, part(1, NOON));
    }
    assertThat(EncodedSize.of(row(ANN))).isLessThan(two + 8);

    long read = step.store().rowsRead();
    visits(ANN, ANN, 1, NOON);
    assertThat(step.store().rowsRead() - read).as("the person's own").isEqualTo(1);

    read = step.store().rowsRead();
    visits(ANN, "other7", 1, NOON);
    assertThat(step.store().rowsRead() - read).as("another").isEqualTo(2);

    visits(ANN, ANN, 1, NOON.plusSeconds(1));
    read = step.store().rowsRead();
    step.depart(ANN, "other7", "bob", 1);
    assertThat(step.store().rowsRead() - read).as("one that leaves").isEqualTo(2);
  }

  private List<Record<String, SpecificRecord>> writtenAnywhere() {
    return List.of(
            Topics.LEAD_SCORES,
            Topics.LEAD_SCORES_CHANGED,
            Topics.LEAD_SCORES_COMPARED,
            Topics.EVENTS_ORDERED,
            Topics.PERSON_MESSAGES,
            Topics.DEAD_LETTERS)
        .stream()
        .flatMap(topic -> step.written(topic).stream())
        .<Record<String, SpecificRecord>>map(record -> record.withValue(record.value()))
        .toList();
  }

  private <V extends SpecificRecord> Record<String, V> only(Topic<V> topic) {
    List<Record<String, V>> written = step.written(topic);
    assertThat(written).hasSize(1);
    return written.getFirst();
  }

  private ScorePart sentPart() {
    return only(Topics.PERSON_MESSAGES).value().getHistory().orElseThrow().getScore().orElseThrow();
  }

  private ScoreMemory row(String person) {
    return Objects.requireNonNull(step.store().rows().get(person));
  }

  private void visits(String person, String identifier, long times, Instant moment) {
    step.add(
        person,
        new ScoreInput(
            identifier, ScoreInput.day(moment), Map.of("visit", times), moment, "batch:b", moment));
  }

  private static ScorePart part(long times, Instant asOf) {
    return new ScorePart(Map.of("visit", List.of(new DayCount(DAY, times))), asOf, Map.of());
  }

  private static ScoringModel model(String version, int points) {
    return new ScoringModel(
        "lead-score",
        version,
        0,
        100,
        List.of(ScoreRule.each("visits", "visit", points, Optional.empty(), Optional.empty())),
        List.of(QUALIFIED));
  }
}

package io.millrace.flow.score;

import static io.millrace.flow.score.ScoringRandomTest.ACTIVITIES;
import static io.millrace.flow.score.ScoringRandomTest.CANDIDATE;
import static io.millrace.flow.score.ScoringRandomTest.MODEL;
import static io.millrace.flow.score.ScoringRandomTest.QUALIFIED;
import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.PersonMessage;
import io.millrace.event.ScoreComparison;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import io.millrace.event.ThresholdMemory;
import io.millrace.flow.step.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Identifiers that move between people while they do something, and histories that arrive in any
 * order, against plain lists of what each identifier did.
 */
final class ScoreMovesRandomTest {
  /** Ids of identifiers and people; some begin like others. */
  private static final List<String> IDS = List.of("a", "ab", "b", "b0", "c");

  /** What an identifier did, on its way to another person. */
  private record History(
      String identifier, String to, ScorePart part, List<ScoreInput> inputs, boolean reached) {}

  /** A person as plain lists. */
  private static final class Person {
    private final TreeMap<String, List<ScoreInput>> parts = new TreeMap<>();
    private boolean reached;
    private int crossings;

    ScoreMemory together() {
      return scored("any", parts.values().stream().flatMap(List::stream).toList())
          .map(ScoreOutcome::memory)
          .orElseGet(() -> ScoreMemory.newBuilder().setScore(0).build());
    }
  }

  private final Map<String, Person> people = new TreeMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final List<History> onTheWay = new ArrayList<>();
  private final Set<String> announced = new HashSet<>();
  private final Map<String, LeadScore> scores = new HashMap<>();
  private final Map<String, ScoreComparison> comparisons = new HashMap<>();
  private final Map<String, Integer> lastScores = new HashMap<>();
  private ScoreSteps step = new ScoreSteps(MODEL, Optional.of(CANDIDATE));
  private Random random = new Random();
  private long number;

  @Test
  void scoresArePeoplesWhateverMovesWhen() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int round = 0; round < 30; round++) {
      String name = "seed %d, round %d".formatted(seed, round);
      begin(new Random(seed + round));
      for (int count = 0; count < 120; count++) {
        switch (random.nextInt(5)) {
          case 0 -> move(anyId(), anyId(), name);
          case 1 -> arriveAny(name);
          default -> act(name);
        }
      }
      while (!onTheWay.isEmpty()) {
        arriveAny(name);
      }
      people.forEach((person, expected) -> check(person, expected, name));
    }
  }

  @Test
  void isNotAnnouncedTwiceBecauseAllOfAPersonMoves() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int round = 0; round < 40; round++) {
      String name = "seed %d, round %d".formatted(seed, round);
      begin(new Random(seed + round));
      IDS.forEach(id -> owners.put(id, "a"));
      for (int count = 0; count < 40; count++) {
        act(name);
      }
      boolean reached = person("a").reached;
      int announcedBefore = announced.size();
      List<String> inAnyOrder = new ArrayList<>(IDS);
      Collections.shuffle(inAnyOrder, random);
      inAnyOrder.forEach(id -> move(id, "c", name));
      while (!onTheWay.isEmpty()) {
        arriveAny(name);
      }

      if (reached) {
        assertThat(announced).as(name).hasSize(announcedBefore);
        assertThat(person("c").reached).as(name).isTrue();
      }
    }
  }

  private void begin(Random seeded) {
    random = seeded;
    step = new ScoreSteps(MODEL, Optional.of(CANDIDATE));
    number = 0;
    List.of(people, owners, scores, comparisons, lastScores).forEach(Map::clear);
    onTheWay.clear();
    announced.clear();
    IDS.forEach(id -> owners.put(id, id));
  }

  private String anyId() {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private Person person(String id) {
    return people.computeIfAbsent(id, added -> new Person());
  }

  /** An identifier does something, or a signal of it is taken back where it was counted. */
  private void act(String name) {
    String id = anyId();
    String owner = Objects.requireNonNull(owners.get(id));
    Person person = person(owner);
    List<ScoreInput> done = person.parts.getOrDefault(id, List.of());
    ScoreInput input = retraction(done).orElseGet(() -> input(id));
    int before = person.together().getScore();
    person.parts.computeIfAbsent(id, added -> new ArrayList<>()).add(input);
    int score = person.together().getScore();
    boolean reached = person.reached && before >= QUALIFIED.again();
    boolean crosses = !reached && score >= QUALIFIED.at();
    person.reached = score >= QUALIFIED.at() || (reached && score >= QUALIFIED.again());
    step.add(owner, input);
    checkWritten(owner, person, crosses, name);
  }

  private Optional<ScoreInput> retraction(List<ScoreInput> done) {
    if (random.nextInt(6) > 0) {
      return Optional.empty();
    }
    return done.stream()
        .filter(input -> input.counts().containsKey("signal:keen"))
        .filter(input -> standing(done, input) > 0)
        .findFirst()
        .map(
            input ->
                new ScoreInput(
                    input.identifier(),
                    input.day(),
                    Map.of("signal:keen", -1L),
                    input.moment(),
                    input.cause(),
                    NOON));
  }

  private static long standing(List<ScoreInput> done, ScoreInput signal) {
    return done.stream()
        .filter(input -> input.day().equals(signal.day()))
        .mapToLong(input -> input.counts().getOrDefault("signal:keen", 0L))
        .sum();
  }

  private ScoreInput input(String id) {
    Duration span = Duration.ofDays(random.nextBoolean() ? 60 : 6_000);
    Instant moment = NOON.minusSeconds(random.nextLong(span.toSeconds()));
    String activity = ACTIVITIES.get(random.nextInt(ACTIVITIES.size()));
    long times = activity.startsWith("signal:") ? 1 : 1 + random.nextInt(3);
    return new ScoreInput(
        id, ScoreInput.day(moment), Map.of(activity, times), moment, "batch:" + number++, NOON);
  }

  private void move(String id, String to, String name) {
    String from = owners.put(id, to);
    if (from == null || from.equals(to)) {
      return;
    }
    Person person = person(from);
    List<ScoreInput> gone = Optional.ofNullable(person.parts.remove(id)).orElse(List.of());
    boolean reached = person.reached;
    person.reached = reached && !person.parts.isEmpty();
    step.depart(from, id, to, ++number);
    checkWritten(from, person, false, name);
    List<Record<String, PersonMessage>> sent = step.written(Topics.PERSON_MESSAGES);
    assertThat(sent).as(name).hasSize(gone.isEmpty() ? 0 : 1);
    for (Record<String, PersonMessage> message : sent) {
      assertThat(message.key()).as(name).isEqualTo(to);
      assertThat(message.value().getIdentifier()).as(name).isEqualTo(id);
      assertThat(message.value().getNumber()).as(name).isEqualTo(number);
      ScorePart part = message.value().getHistory().orElseThrow().getScore().orElseThrow();
      assertThat(part.getReached())
          .as(name)
          .isEqualTo(reached ? Map.of("qualified", true) : Map.of());
      onTheWay.add(new History(id, to, part, gone, reached));
    }
  }

  /** A history arrives; if its identifier has left, it follows it. */
  private void arriveAny(String name) {
    if (onTheWay.isEmpty()) {
      return;
    }
    History history = onTheWay.remove(random.nextInt(onTheWay.size()));
    String owner = Objects.requireNonNull(owners.get(history.identifier()));
    Person person = person(owner);
    person
        .parts
        .computeIfAbsent(history.identifier(), added -> new ArrayList<>())
        .addAll(0, history.inputs());
    boolean reached = person.reached || history.reached();
    boolean crosses = !reached && person.together().getScore() >= QUALIFIED.at();
    person.reached = reached || crosses;
    step.join(owner, history.identifier(), history.part());
    checkWritten(owner, person, crosses, name);
  }

  private void checkWritten(String id, Person person, boolean crosses, String name) {
    List<Record<String, Event>> raised = step.written(Topics.EVENTS_ORDERED);
    assertThat(raised).as(name).hasSize(crosses ? 1 : 0);
    if (crosses) {
      person.crossings++;
      String eventId = raised.getFirst().value().getEventId();
      assertThat(eventId).as(name).isEqualTo(id + "|qualified|" + person.crossings);
      assertThat(announced.add(eventId)).as(name).isTrue();
    }
    step.written(Topics.LEAD_SCORES_CHANGED).forEach(change -> checkChange(change, name));
    keepLast(scores, step.written(Topics.LEAD_SCORES));
    keepLast(comparisons, step.written(Topics.LEAD_SCORES_COMPARED));
  }

  private void checkChange(Record<String, LeadScoreChange> change, String name) {
    assertThat(change.value().getPreviousScore())
        .as(name)
        .isEqualTo(lastScores.getOrDefault(change.key(), 0));
    lastScores.put(change.key(), change.value().getScore());
  }

  private static <V extends SpecificRecord> void keepLast(
      Map<String, V> last, List<Record<String, V>> written) {
    for (Record<String, V> record : written) {
      if (record.value() == null) {
        last.remove(record.key());
      } else {
        last.put(record.key(), record.value());
      }
    }
  }

  private void check(String id, Person expected, String name) {
    List<ScoreInput> all = expected.parts.values().stream().flatMap(List::stream).toList();
    Optional<ScoreOutcome> scored = scored(id, all);
    assertThat(Optional.ofNullable(scores.get(id)))
        .as(name)
        .isEqualTo(scored.map(outcome -> leadScore(id, outcome.memory())));
    assertThat(Optional.ofNullable(comparisons.get(id)).map(ScoreComparison::getCandidateScore))
        .as(name)
        .isEqualTo(
            scored
                .flatMap(outcome -> outcome.memory().getCandidate())
                .filter(candidate -> candidate.getDiffers())
                .map(candidate -> candidate.getScore()));
    Optional<ScoreMemory> row = Optional.ofNullable(step.store().rows().get(id));
    assertThat(row.isPresent()).as(name).isEqualTo(!all.isEmpty() || expected.crossings > 0);
    row.ifPresent(memory -> checkRow(id, expected, memory, scored, name));
  }

  private void checkRow(
      String id, Person expected, ScoreMemory row, Optional<ScoreOutcome> scored, String name) {
    ThresholdMemory threshold = Objects.requireNonNull(row.getThresholds().get("qualified"));
    assertThat(threshold.getCrossings()).as(name).isEqualTo(expected.crossings);
    assertThat(threshold.getReached().orElse(false)).as(name).isEqualTo(expected.reached);
    assertThat(row.getCounts())
        .as(name)
        .isEqualTo(scored.map(outcome -> outcome.memory().getCounts()).orElse(Map.of()));
    long others = expected.parts.keySet().stream().filter(part -> !part.equals(id)).count();
    assertThat(row.getOthers()).as(name).isEqualTo((int) others);
    assertThat(PersonCounts.own(row)).as(name).isEqualTo(part(expected.parts.get(id)));
    ScoreRows rows = new ScoreRows(step.store());
    IDS.stream()
        .filter(part -> !part.equals(id))
        .forEach(
            part ->
                assertThat(rows.part(id, part)).as(name).isEqualTo(part(expected.parts.get(part))));
  }

  private static Optional<ScorePart> part(@Nullable List<ScoreInput> done) {
    return scored("any", done == null ? List.of() : done)
        .map(
            outcome ->
                new ScorePart(
                    outcome.memory().getCounts(),
                    outcome.memory().getAsOf().orElse(null),
                    Map.of()));
  }

  /** One person who did all of it in this order. */
  private static Optional<ScoreOutcome> scored(String person, List<ScoreInput> inputs) {
    Scoring scoring = new Scoring(MODEL, Optional.of(CANDIDATE));
    Optional<ScoreOutcome> last = Optional.empty();
    for (ScoreInput input : inputs) {
      ScoreInput own =
          new ScoreInput(person, input.day(), input.counts(), input.moment(), input.cause(), NOON);
      last =
          Optional.of(scoring.add(last.map(ScoreOutcome::memory), Optional.empty(), person, own));
    }
    return last;
  }

  private static LeadScore leadScore(String person, ScoreMemory memory) {
    return LeadScore.newBuilder()
        .setPerson(person)
        .setScore(memory.getScore())
        .setContributions(memory.getContributions())
        .setModel(memory.getModel().orElseThrow())
        .setAsOf(memory.getAsOf().orElseThrow())
        .build();
  }
}

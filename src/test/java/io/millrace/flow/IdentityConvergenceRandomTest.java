package io.millrace.flow;

import static io.millrace.flow.EngagementConvergenceTest.bytes;
import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.arrived;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LeadScore;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.event.Signal;
import io.millrace.event.UsageCount;
import io.millrace.flow.naive.NaiveEngagement;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.IdentityFlow;
import io.millrace.flow.testing.Shrinking;
import io.millrace.flow.testing.TestRules;
import io.millrace.identity.IdentifierIds;
import io.millrace.model.EventKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * People with several e-mail addresses, users and browsers, whose events arrive in any order and
 * become known as theirs at any time: what readers end up with is as if everything had been known
 * from the beginning.
 */
final class IdentityConvergenceRandomTest {
  private static final int ROUNDS = 6;
  private static final int ORDERS = 3;
  private static final IdentifierIds IDS =
      new IdentifierIds("a key for tests only".getBytes(StandardCharsets.UTF_8));
  private static final List<String> TYPES =
      List.of(
          "page.viewed",
          "page.viewed",
          "page.viewed",
          "email.opened",
          "form.submitted",
          "product.feature_used",
          "product.invite_sent");
  private static final List<String> KINDS = List.of("email", "phone", "user", "anonymous");

  @Test
  void endsAsIfEverythingHadBeenKnownFromTheBeginning() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Event> events = events(random, false);
      for (int order = 0; order < ORDERS; order++) {
        long orderSeed = random.nextLong();
        if (!endsAsKnown(events, orderSeed)) {
          List<Event> fewest = Shrinking.fewest(events, fewer -> !endsAsKnown(fewer, orderSeed));
          assertThat(run(fewest, List.of(), new Random(orderSeed)))
              .as("seed %d, round %d, order %d: %s", seed, round, order, inWords(fewest))
              .isEqualTo(expected(fewest, owners(fewest)));
        }
      }
    }
  }

  /**
   * With what is shared, kept apart by limits or decided, people are those that the role identity
   * assigns: all else is as if only they had been known.
   */
  @Test
  void endsTheSameForPeopleWhoShareIdentifiers() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Event> events = events(random, true);
      List<IdentityDecision> decisions = decisions(events, random);
      Outcome first = run(events, decisions, new Random(random.nextLong()));
      assertThat(first)
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected(events, owners(first)));
      for (int order = 1; order < ORDERS; order++) {
        assertThat(run(events, decisions, new Random(random.nextLong())))
            .as("seed %d, round %d, order %d", seed, round, order)
            .isEqualTo(first);
      }
    }
  }

  private static Map<String, String> owners(Outcome outcome) {
    Map<String, String> owners = new TreeMap<>();
    outcome.people().forEach((owner, ids) -> ids.forEach(id -> owners.put(id, owner)));
    return owners;
  }

  private static List<IdentityDecision> decisions(List<Event> events, Random random) {
    List<Identifier> all =
        events.stream().flatMap(event -> named(event).stream()).distinct().toList();
    List<IdentityDecision> decisions = new ArrayList<>();
    for (int number = random.nextInt(4); number > 0; number--) {
      List<Identifier> pair = new ArrayList<>(all);
      Collections.shuffle(pair, random);
      List<LinkedIdentifier> ends =
          pair.subList(0, Math.min(2, pair.size())).stream()
              .sorted(Comparator.comparing(Identifier::getId))
              .map(each -> new LinkedIdentifier(each.getId(), each.getKind(), each.getSystem()))
              .toList();
      boolean isBlock = ends.size() < 2 || random.nextInt(3) == 0;
      decisions.add(
          IdentityDecision.newBuilder()
              .setDecision(isBlock ? "BLOCK" : random.nextBoolean() ? "SPLIT" : "JOIN")
              .setFirst(ends.getFirst())
              .setSecond(isBlock ? null : ends.getLast())
              .setDecidedAt(NOON.plusSeconds(number))
              .build());
    }
    return decisions;
  }

  private static boolean endsAsKnown(List<Event> events, long orderSeed) {
    return run(events, List.of(), new Random(orderSeed)).equals(expected(events, owners(events)));
  }

  private static List<String> inWords(List<Event> events) {
    return events.stream()
        .map(
            event ->
                "%s %s at %s of %s"
                    .formatted(
                        event.getEventId(),
                        event.getEventType(),
                        event.getOccurredAt(),
                        named(event).stream().map(Identifier::getValue).toList()))
        .toList();
  }

  /** What readers end up with. */
  private record Outcome(
      Map<String, List<String>> people,
      Map<String, String> scores,
      Map<String, String> signals,
      Map<String, String> usage,
      Map<String, Map<String, Long>> counts,
      long admitted) {}

  private static Outcome expected(List<Event> events, Map<String, String> owners) {
    List<Event> theirs =
        events.stream()
            .map(
                event ->
                    Event.newBuilder(event)
                        .setRecord(new RecordRef("person", owners.get(event.getRecord().getId())))
                        .build())
            .toList();
    EngagementConvergenceTest.Outcome known =
        NaiveEngagement.of(theirs, EngagementConvergenceTest.RULES);
    Map<String, List<String>> people = new TreeMap<>();
    owners.forEach(
        (id, owner) -> people.computeIfAbsent(owner, added -> new ArrayList<>()).add(id));
    people.values().forEach(Collections::sort);
    return new Outcome(
        people,
        known.scores(),
        known.standingSignals(),
        known.usage(),
        known.counts(),
        known.admitted());
  }

  /** The owner of each identifier: a union-find over one list. */
  private static Map<String, String> owners(List<Event> events) {
    Map<String, String> parents = new HashMap<>();
    Map<String, Identifier> known = new HashMap<>();
    Map<String, Instant> linked = new HashMap<>();
    for (Event event : events) {
      List<Identifier> named = named(event);
      for (Identifier each : named) {
        known.put(each.getId(), each);
        parents.putIfAbsent(each.getId(), each.getId());
        parents.put(top(parents, each.getId()), top(parents, named.getFirst().getId()));
        if (named.size() > 1) {
          linked.merge(
              each.getId(),
              event.getOccurredAt(),
              (one, other) -> one.isBefore(other) ? one : other);
        }
      }
    }
    Map<String, String> owners = new TreeMap<>();
    for (String id : known.keySet()) {
      owners.put(
          id,
          known.keySet().stream()
              .filter(other -> top(parents, other).equals(top(parents, id)))
              .min(
                  Comparator.comparingInt(
                          (String other) -> rank(Objects.requireNonNull(known.get(other))))
                      .thenComparing(other -> linked.getOrDefault(other, Instant.MAX))
                      .thenComparing(Comparator.naturalOrder()))
              .orElseThrow());
    }
    return owners;
  }

  private static String top(Map<String, String> parents, String id) {
    String top = id;
    while (true) {
      String above = Objects.requireNonNull(parents.get(top));
      if (above.equals(top)) {
        return top;
      }
      top = above;
    }
  }

  private static int rank(Identifier identifier) {
    return TestRules.real().identity().rank(identifier.getKind());
  }

  private static List<Identifier> named(Event event) {
    return event.getPerson().orElseThrow().getIdentifiers();
  }

  private static Outcome run(List<Event> events, List<IdentityDecision> decisions, Random random) {
    List<Event> arriving = new ArrayList<>(events);
    for (int copy = random.nextInt(events.size()); copy > 0; copy--) {
      arriving.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(arriving, random);
    FlowRules rules = TestRules.with(EngagementConvergenceTest.RULES);
    try (IdentityFlow flow = new IdentityFlow(NOON.plus(Duration.ofHours(60)), rules)) {
      // Now and then everything is known at once, or nothing until the end.
      int promptness = random.nextInt(4);
      List<IdentityDecision> open = new ArrayList<>(decisions);
      for (Event event : arriving) {
        flow.arrive(event);
        if (!open.isEmpty() && random.nextInt(10) == 0) {
          decide(flow, open.removeFirst());
        }
        for (int step = random.nextInt(4) * promptness; step > 0; step--) {
          if (random.nextBoolean()) {
            flow.deliverLink();
          } else {
            flow.deliverAssignment();
          }
        }
        if (random.nextInt(5) == 0) {
          flow.pass(Duration.ofMillis(random.nextInt(40_000)));
        }
      }
      open.forEach(decision -> decide(flow, decision));
      flow.settle();
      flow.pass(Duration.ofMinutes(2));
      flow.settle();
      assertThat(flow.read(Topics.DEAD_LETTERS)).isEmpty();
      return outcome(flow);
    }
  }

  private static void decide(IdentityFlow flow, IdentityDecision decision) {
    String first = decision.getFirst().getId();
    flow.decide(
        decision.getSecond().map(second -> first + '/' + second.getId()).orElse(first), decision);
  }

  private static Outcome outcome(IdentityFlow flow) {
    Map<String, List<String>> people = new TreeMap<>();
    for (TestRecord<String, Person> row : flow.read(Topics.PEOPLE)) {
      if (row.value() == null) {
        people.remove(row.key());
      } else {
        people.put(
            row.key(),
            row.value().getIdentifiers().stream()
                .map(each -> each.getIdentifier().getId())
                .sorted()
                .toList());
      }
    }
    Map<String, String> scores = new TreeMap<>();
    for (TestRecord<String, LeadScore> row : flow.read(Topics.LEAD_SCORES)) {
      if (row.value() == null) {
        scores.remove(row.key());
      } else {
        scores.put(row.key(), bytes(row.value()));
      }
    }
    Map<String, String> owners = new TreeMap<>();
    people.forEach((owner, ids) -> ids.forEach(id -> owners.put(id, owner)));
    return new Outcome(
        people, scores, signals(flow), usage(flow, people), counts(flow, owners), admitted(flow));
  }

  private static Map<String, String> signals(IdentityFlow flow) {
    Map<String, String> standing = new TreeMap<>();
    for (TestRecord<String, Signal> row : flow.read(Topics.SIGNALS_DETECTED)) {
      Signal said = row.value();
      if (said.getStatus().equals("RETRACTED")) {
        assertThat(standing.remove(said.getSignalId())).isNotNull();
      } else {
        standing.put(said.getSignalId(), bytes(asIfByOne(said)));
      }
    }
    return standing;
  }

  /** Of people who are no more, the last counts are left behind. */
  private static Map<String, String> usage(IdentityFlow flow, Map<String, List<String>> people) {
    Map<String, String> standing = new TreeMap<>();
    for (TestRecord<String, UsageCount> row : flow.read(Topics.USAGE_COUNTED)) {
      UsageCount said = row.value();
      if (people.containsKey(said.getPerson())) {
        UsageCount byOne = asIfByOne(said);
        if (said.getStatus().equals("RETRACTED")) {
          assertThat(standing.remove(byOne.getUsageId())).isNotNull();
        } else {
          standing.put(byOne.getUsageId(), bytes(byOne));
        }
      }
    }
    return standing;
  }

  /** The model does not know by which identifier an event came. */
  private static Signal asIfByOne(Signal said) {
    return Signal.newBuilder(said).setStatus("DETECTED").setIdentifier(said.getPerson()).build();
  }

  /** The same; the id ends in the identifier if that is another than the person's. */
  private static UsageCount asIfByOne(UsageCount said) {
    String id = said.getUsageId();
    int last = id.lastIndexOf('|');
    boolean isByAnother =
        id.length() - last - 1 == IdentifierIds.LENGTH
            && id.substring(last + 1).chars().allMatch(Character::isLetterOrDigit);
    return UsageCount.newBuilder(said)
        .setStatus("DETECTED")
        .setUsageId(isByAnother ? id.substring(0, last) : id)
        .build();
  }

  private static Map<String, Map<String, Long>> counts(
      IdentityFlow flow, Map<String, String> owners) {
    Map<String, Map<String, Long>> sums = new TreeMap<>();
    for (TestRecord<String, EngagementBatch> row : flow.read(Topics.ENGAGEMENT_BATCHES)) {
      EngagementBatch batch = row.value();
      Map<String, Long> sum =
          sums.computeIfAbsent(
              owners.get(batch.getIdentifier()) + "|" + batch.getWindowStart(),
              minute -> new TreeMap<>());
      sum.merge("events", batch.getEvents(), Long::sum);
      batch.getCounts().forEach((type, count) -> sum.merge(type, count, Long::sum));
      batch.getActivities().forEach((activity, count) -> sum.merge(activity, count, Long::sum));
    }
    return sums;
  }

  private static long admitted(IdentityFlow flow) {
    return flow.read(Topics.EVENTS_ORDERED).stream()
        .filter(
            row -> row.key().startsWith("person/") && !row.value().getSource().equals("millrace"))
        .count();
  }

  /** Events of a few people; each names some of its person's identifiers. */
  private static List<Event> events(Random random, boolean shares) {
    List<List<Identifier>> people = new ArrayList<>();
    for (int person = 0; person < 3; person++) {
      List<Identifier> theirs = new ArrayList<>();
      for (int number = 2 + random.nextInt(4); number > 0; number--) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        String system = kind.equals("email") || kind.equals("phone") ? "" : "site";
        theirs.add(IDS.identifier(kind, system, kind + number + "-of-" + person));
      }
      if (shares) {
        theirs.add(IDS.identifier("contact", "crm", Integer.toString(100 + person)));
        theirs.add(IDS.identifier("anonymous", "site", "browser-of-all"));
        theirs.add(IDS.identifier("phone", "", "+49301234" + person / 2));
      }
      people.add(theirs);
    }
    List<Event> events = new ArrayList<>();
    for (int index = 0; index < 60; index++) {
      List<Identifier> theirs = new ArrayList<>(people.get(random.nextInt(people.size())));
      Collections.shuffle(theirs, random);
      List<Identifier> named =
          new ArrayList<>(theirs.subList(0, Math.min(theirs.size(), 1 + random.nextInt(10) / 8)));
      named.sort(
          Comparator.comparingInt(IdentityConvergenceRandomTest::rank)
              .thenComparing(Identifier::getId));
      Instant occurredAt =
          NOON.plus(random.nextInt(300) * 15L, ChronoUnit.MINUTES)
              .plusSeconds(random.nextInt(3) * 20L);
      Event made =
          event(
              named.getFirst().getId(),
              "e" + index,
              TYPES.get(random.nextInt(TYPES.size())),
              occurredAt,
              Map.of("path", random.nextBoolean() ? "/pricing" : "/blog"));
      events.add(
          arrived(
              Event.newBuilder(made)
                  .setPerson(
                      PersonIdentity.newBuilder()
                          .setKey(named.getFirst().getId())
                          .setIdentifiers(named)
                          .build())
                  .build(),
              occurredAt.plusMillis(random.nextInt(3_000))));
    }
    assertThat(events).extracting(EventKeys::identity).doesNotHaveDuplicates();
    return events;
  }
}

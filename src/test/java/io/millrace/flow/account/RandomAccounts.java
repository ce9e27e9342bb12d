package io.millrace.flow.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Account;
import io.millrace.event.AccountScore;
import io.millrace.event.AccountSignal;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.JoinedBy;
import io.millrace.event.LeadScore;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.Signal;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.KindRule;
import io.millrace.kafka.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One random history of people, scores, signals and assignments, in several orders. */
final class RandomAccounts {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final IdentityRules IDENTITY =
      new IdentityRules(
          List.of(),
          List.of(
              new KindRule("domain", 9, 9, List.of()), new KindRule("account", 9, 9, List.of())),
          1000,
          Set.of());

  /** As {@code NaiveAccounts} works them out. */
  static final AccountRules RULES =
      new AccountRules(
          Optional.of(
              new AccountModel(
                  "accounts",
                  "1",
                  0,
                  100,
                  List.of(
                      new AccountRule.Scores(
                          "highest", AccountRule.Take.HIGHEST, 0.5, Optional.empty()),
                      new AccountRule.Scores(
                          "average", AccountRule.Take.AVERAGE, 0.3, Optional.empty()),
                      new AccountRule.Scores("sum", AccountRule.Take.SUM, -0.01, Optional.of(2.5)),
                      new AccountRule.People(
                          "keen",
                          PersonCondition.of("score >= 40 || signal('prices')", Set.of("prices")),
                          10,
                          Optional.of(25.0))),
                  List.of())),
          List.of(
              new AccountSignalRule("pair", "Two at once", 2, "prices", Duration.ofHours(12)),
              new AccountSignalRule("group", "Three in a week", 3, "prices", Duration.ofDays(3)),
              new AccountSignalRule("users", "Three users", 3, "use", Duration.ofDays(1))));

  private final Random random;
  private final NaiveAccounts naive = new NaiveAccounts();
  private final Map<String, List<AccountPartitions.Written>> inputs = new TreeMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private int people;
  private int accounts;

  RandomAccounts(Random random) {
    this.random = random;
  }

  private record End(
      Map<String, String> accounts, Map<String, String> scores, Map<String, String> signals) {}

  /** Compares what several orders end with, on several partitions, with the model. */
  void check(String seed) {
    people = 1 + random.nextInt(30);
    accounts = 1 + random.nextInt(7);
    int changes = random.nextInt(250);
    for (int i = 0; i < changes; i++) {
      change();
    }
    End expected =
        new End(
            bytes(naive.accounts()),
            bytes(naive.accountScores()),
            bytes(naive.accountSignals(RULES.signals())));
    for (int order = 0; order < 3; order++) {
      End end = run(1 + random.nextInt(4));
      assertThat(end.accounts()).as(seed).isEqualTo(expected.accounts());
      assertThat(end.scores()).as(seed).isEqualTo(expected.scores());
      assertThat(end.signals()).as(seed).isEqualTo(expected.signals());
    }
  }

  private void change() {
    switch (random.nextInt(10)) {
      case 0, 1 -> relate("p" + random.nextInt(people));
      case 2, 3 -> score("p" + random.nextInt(people));
      case 4, 5, 6, 7 -> signal("p" + random.nextInt(people));
      case 8 -> assign(random.nextInt(accounts));
      default -> see(random.nextInt(accounts));
    }
  }

  private void relate(String id) {
    Set<Integer> named = new TreeSet<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      named.add(random.nextInt(accounts));
    }
    Person person =
        random.nextInt(6) == 0
            ? null
            : new Person(
                id,
                List.of(),
                named.stream().map(RandomAccounts::linked).toList(),
                LocalDate.EPOCH,
                LocalDate.EPOCH);
    put(naive.people, id, person);
    input(Topics.PEOPLE, id, person);
  }

  private void score(String id) {
    LeadScore score =
        random.nextInt(6) == 0
            ? null
            : new LeadScore(id, random.nextInt(100), List.of(), "m/1", moment());
    put(naive.scores, id, score);
    input(Topics.LEAD_SCORES, id, score);
  }

  private void signal(String person) {
    String name = random.nextInt(3) == 0 ? "use" : "prices";
    String id = person + "|" + name + "|" + (1 + random.nextInt(4));
    Optional<Signal> before = Optional.ofNullable(naive.signals.get(id));
    boolean stands = before.filter(s -> !s.getStatus().equals("RETRACTED")).isPresent();
    String status = !stands ? "DETECTED" : random.nextBoolean() ? "CORRECTED" : "RETRACTED";
    Instant at = status.equals("RETRACTED") ? before.orElseThrow().getCompletedAt() : moment();
    Signal signal = new Signal(id, name, person, person, status, at, at, List.of(), "A signal.");
    naive.signals.put(id, signal);
    input(Topics.SIGNALS_DETECTED, person, signal);
  }

  private void assign(int number) {
    LinkedIdentifier identifier = linked(number);
    int owner = random.nextInt(accounts);
    String state = List.of("JOINED", "ALONE", "SHARED", "BLOCKED", "ERASED").get(random.nextInt(5));
    if (isErased(identifier.getId())) {
      state = "ERASED";
    }
    if (!state.equals("JOINED") || owner > number) {
      owner = number;
    }
    IdentityAssignment assignment =
        new IdentityAssignment(
            identifier,
            linked(owner).getId(),
            numbers.merge(identifier.getId(), 1L, Long::sum),
            owner == number ? null : new JoinedBy(linked(owner).getId(), "DECIDED", null),
            state,
            random.nextBoolean() ? List.of() : List.of("other"));
    naive.assignments.put(identifier.getId(), assignment);
    input(Topics.IDENTITY_ASSIGNMENTS, identifier.getId(), assignment);
  }

  private boolean isErased(String id) {
    IdentityAssignment before = naive.assignments.get(id);
    return before != null && before.getState().equals("ERASED");
  }

  private void see(int number) {
    LinkedIdentifier linked = linked(number);
    IdentifierSighting sighting =
        new IdentifierSighting(
            List.of(
                new Identifier(
                    linked.getId(), linked.getKind(), linked.getSystem(), "value " + number)),
            "NAMED",
            new IdentityEvidence("crm", "e" + random.nextInt(), "account.updated", moment()),
            List.of());
    naive.sightings.add(sighting);
    input(Topics.IDENTIFIER_SIGHTINGS, linked.getId(), sighting);
  }

  private static LinkedIdentifier linked(int number) {
    boolean isDomain = number < 3;
    return new LinkedIdentifier(
        "a" + number, isDomain ? "domain" : "account", isDomain ? "" : "crm");
  }

  /** Few enough that some are the same. */
  private Instant moment() {
    return START.plus(Duration.ofHours(random.nextInt(240)));
  }

  private static <V> void put(Map<String, V> rows, String key, @Nullable V value) {
    if (value == null) {
      rows.remove(key);
    } else {
      rows.put(key, value);
    }
  }

  private void input(Topic<?> topic, String key, @Nullable SpecificRecord value) {
    inputs
        .computeIfAbsent(topic.name() + "/" + key, added -> new ArrayList<>())
        .add(
            new AccountPartitions.Written(
                topic.name(), key, value, START.plus(Duration.ofDays(20)).toEpochMilli()));
  }

  /** Each key's records in order, some of them repeated, and messages between partitions late. */
  private End run(int partitions) {
    AccountPartitions flow = new AccountPartitions(RULES, IDENTITY, partitions);
    Map<String, Integer> next = new TreeMap<>();
    List<String> keys = new ArrayList<>(inputs.keySet());
    while (!keys.isEmpty()) {
      if (random.nextInt(3) > 0) {
        flow.deliverOne(random);
      }
      if (random.nextInt(20) == 0) {
        flow.pass();
      }
      String key = keys.get(random.nextInt(keys.size()));
      int at = next.getOrDefault(key, 0);
      flow.arrive(Objects.requireNonNull(inputs.get(key)).get(at));
      // A part of a topic that is read again.
      at = random.nextInt(12) == 0 ? random.nextInt(at + 1) : at + 1;
      next.put(key, at);
      if (at == Objects.requireNonNull(inputs.get(key)).size()) {
        keys.remove(key);
      }
    }
    while (flow.deliverOne(random)) {
      if (random.nextInt(20) == 0) {
        flow.pass();
      }
    }
    flow.pass();
    return end(flow);
  }

  private static End end(AccountPartitions flow) {
    Map<String, Account> accounts = new TreeMap<>();
    Map<String, AccountScore> scores = new TreeMap<>();
    Map<String, AccountSignal> signals = new TreeMap<>();
    for (AccountPartitions.Written each : flow.written()) {
      switch (each.topic()) {
        case "accounts" -> put(accounts, each.key(), (Account) each.value());
        case "account-scores" -> put(scores, each.key(), (AccountScore) each.value());
        case "account-signals" ->
            announce(signals, (AccountSignal) Objects.requireNonNull(each.value()));
        case "account-scores-changed" -> {}
        default -> throw new IllegalStateException("Unexpected: " + each);
      }
    }
    return new End(bytes(accounts), bytes(scores), bytes(signals));
  }

  private static void announce(Map<String, AccountSignal> standing, AccountSignal signal) {
    boolean isKnown = standing.containsKey(signal.getSignalId());
    assertThat(isKnown).isEqualTo(!signal.getStatus().equals("DETECTED"));
    if (signal.getStatus().equals("RETRACTED")) {
      standing.remove(signal.getSignalId());
    } else {
      standing.put(
          signal.getSignalId(), AccountSignal.newBuilder(signal).setStatus("STANDS").build());
    }
  }

  private static Map<String, String> bytes(Map<String, ? extends SpecificRecord> rows) {
    Map<String, String> bytes = new TreeMap<>();
    rows.forEach(
        (key, row) -> bytes.put(key, row + " " + HexFormat.of().formatHex(bytes(row).array())));
    return bytes;
  }

  private static ByteBuffer bytes(SpecificRecord row) {
    try {
      return switch (row) {
        case Account account -> account.toByteBuffer();
        case AccountScore score -> score.toByteBuffer();
        case AccountSignal signal -> signal.toByteBuffer();
        default -> throw new IllegalArgumentException("No output: " + row);
      };
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}

package io.millrace.flow.person;

import io.millrace.event.IdentifierState;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.MemberState;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonMessage;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.DueRun;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes the rows of people whose identifiers have changed. A row costs a look at all identifiers
 * of the person, so that of a person with many is written once a second, after all changes: a
 * thousand that join one after the other do not cost half a million looks.
 */
public final class PeopleRows {
  /** The people whose rows must be written, with the arrival of the first change. */
  public static final String TO_WRITE = "people-to-write";

  /** The row of a person with more identifiers is written with the next ones. */
  static final int MOST_AT_ONCE = 16;

  static final Duration EVERY = Duration.ofSeconds(1);

  private static final int MOST_LARGE_IN_MEMORY = 10_000;
  private static final char SEPARATOR = '|';
  private static final char AFTER_SEPARATOR = SEPARATOR + 1;

  private final IdentityRules rules;
  private final KeyValueStore<String, IdentifierState> identifiers;
  private final KeyValueStore<String, MemberState> members;
  private final KeyValueStore<String, Long> toWrite;
  private final StepOutput output;

  private final AtomicLong waitingGauge;

  /** What is in the store. */
  private final TreeMap<String, Long> waiting = new TreeMap<>();

  /** The people who had many identifiers when their rows were last written. */
  private final Set<String> large =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST_LARGE_IN_MEMORY;
            }
          });

  PeopleRows(
      ProcessorContext<String, Object> context,
      IdentityRules rules,
      StepOutput output,
      AtomicLong waitingGauge) {
    this.rules = rules;
    this.output = output;
    this.waitingGauge = waitingGauge;
    identifiers = context.getStateStore(FindPerson.IDENTIFIERS);
    members = context.getStateStore(MeetPerson.MEMBERS);
    toWrite = context.getStateStore(TO_WRITE);
    try (KeyValueIterator<String, Long> rows = toWrite.all()) {
      rows.forEachRemaining(row -> waiting.put(row.key, row.value));
    }
    waitingGauge.set(waiting.size());
    context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, wall -> writeWaiting(context));
  }

  private void writeWaiting(ProcessorContext<?, ?> context) {
    DueRun.through(
        context, () -> Optional.ofNullable(waiting.pollFirstEntry()), this::writeWaiting);
    waitingGauge.set(waiting.size());
  }

  /** The key of an identifier of a person. */
  static String key(String person, String identifier) {
    return person + SEPARATOR + identifier;
  }

  /** The rows of the identifiers of a person, and of those that have left. */
  static KeyValueIterator<String, MemberState> range(
      KeyValueStore<String, MemberState> members, String person) {
    return members.range(person + SEPARATOR, person + AFTER_SEPARATOR);
  }

  /** The keys of the identifiers that have left a person. */
  List<String> departed(String person) {
    List<String> departed = new ArrayList<>();
    try (KeyValueIterator<String, MemberState> rows = range(members, person)) {
      rows.forEachRemaining(
          row -> {
            if (row.value.getDepartedTo().isPresent()) {
              departed.add(row.key);
            }
          });
    }
    return departed;
  }

  /** Writes the row of a person after the identifier that gave it its id has changed. */
  void tell(String person, PersonMessage ofItself, Cause cause) {
    PersonIdentifier fact = ofItself.getFact().orElseThrow();
    if (ofItself.getNumber() > 0) {
      tell(person, fact.getIdentifier().getKind(), cause);
    } else if (!rules.isOfAccounts(fact.getIdentifier().getKind())) {
      // Nothing has ever been linked to it, so it is alone: the usual case.
      write(person, List.of(new PersonRow.Member(fact, ofItself.getAccounts())), cause);
    }
  }

  /**
   * Writes the row of a person, now or soon.
   *
   * @param kind of the identifier that has changed
   */
  void tell(String person, String kind, Cause cause) {
    if (rules.isOfAccounts(kind)) {
      return;
    }
    if (!large.contains(person)) {
      write(person, membersOf(person), cause);
    } else if (waiting.putIfAbsent(person, cause.arrival()) == null) {
      toWrite.put(person, cause.arrival());
      waitingGauge.set(waiting.size());
    }
  }

  private void writeWaiting(Map.Entry<String, Long> next) {
    String person = next.getKey();
    toWrite.put(person, null);
    Cause cause = Cause.ofEngagement("person:" + person, person, next.getValue());
    write(person, membersOf(person), cause);
  }

  private void write(String person, List<PersonRow.Member> members, Cause cause) {
    if (members.size() > MOST_AT_ONCE) {
      large.add(person);
    } else {
      large.remove(person);
    }
    PersonRow.of(person, members, rules)
        .ifPresentOrElse(
            row -> output.write(Topics.PEOPLE, person, row, cause),
            () -> output.tombstone(Topics.PEOPLE, person, cause));
  }

  private List<PersonRow.Member> membersOf(String person) {
    List<PersonRow.Member> all = new ArrayList<>();
    Optional<IdentifierState> home = Optional.ofNullable(identifiers.get(person));
    if (IdentifierHome.owner(home, person).equals(person)) {
      home.ifPresent(state -> add(IdentifierHome.fact(state), state.getAccounts(), all));
    }
    try (KeyValueIterator<String, MemberState> rows = range(members, person)) {
      rows.forEachRemaining(row -> add(row.value.getFact(), row.value.getAccounts(), all));
    }
    return all;
  }

  private static void add(
      Optional<PersonIdentifier> fact,
      List<LinkedIdentifier> accounts,
      List<PersonRow.Member> all) {
    fact.ifPresent(present -> all.add(new PersonRow.Member(present, accounts)));
  }
}

package io.millrace.flow.person;

import io.millrace.event.IdentifierState;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.MemberState;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonMessage;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Writes the rows of people whose identifiers have changed. */
final class PeopleRows {
  private static final char SEPARATOR = '|';
  private static final char AFTER_SEPARATOR = SEPARATOR + 1;

  private final IdentityRules rules;
  private final KeyValueStore<String, IdentifierState> identifiers;
  private final KeyValueStore<String, MemberState> members;
  private final StepOutput output;

  PeopleRows(
      IdentityRules rules,
      KeyValueStore<String, IdentifierState> identifiers,
      KeyValueStore<String, MemberState> members,
      StepOutput output) {
    this.rules = rules;
    this.identifiers = identifiers;
    this.members = members;
    this.output = output;
  }

  /** The key of an identifier of a person. */
  static String key(String person, String identifier) {
    return person + SEPARATOR + identifier;
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
   * Writes the row of a person.
   *
   * @param kind of the identifier that has changed
   */
  void tell(String person, String kind, Cause cause) {
    if (!rules.isOfAccounts(kind)) {
      write(person, membersOf(person), cause);
    }
  }

  private void write(String person, List<PersonRow.Member> members, Cause cause) {
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
    try (KeyValueIterator<String, MemberState> rows =
        members.range(person + SEPARATOR, person + AFTER_SEPARATOR)) {
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

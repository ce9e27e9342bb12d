package io.millrace.flow.person;

import io.millrace.event.Identifier;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentifier;
import io.millrace.identity.IdentityRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The row of a person: a function of what its identifiers are, not of when that became known. */
final class PersonRow {
  /** How many identifiers of accounts a person has; the first ones in their order. */
  static final int MOST_ACCOUNTS = 1_000;

  private PersonRow() {}

  /** An identifier of the person, and the accounts it was named with. */
  record Member(PersonIdentifier fact, List<LinkedIdentifier> accounts) {}

  /** The row; empty for a person without identifiers. */
  static Optional<Person> of(String person, Collection<Member> members, IdentityRules rules) {
    if (members.isEmpty()) {
      return Optional.empty();
    }
    List<PersonIdentifier> facts = new ArrayList<>(members.size());
    TreeSet<LinkedIdentifier> accounts = new TreeSet<>(IdentifierHome.BY_KIND);
    for (Member member : members) {
      facts.add(member.fact());
      accounts.addAll(member.accounts());
    }
    facts.sort(byStrength(rules));
    LocalDate first = facts.getFirst().getFirstSeen();
    LocalDate last = facts.getFirst().getLastSeen();
    for (PersonIdentifier fact : facts) {
      first = fact.getFirstSeen().isBefore(first) ? fact.getFirstSeen() : first;
      last = fact.getLastSeen().isAfter(last) ? fact.getLastSeen() : last;
    }
    return Optional.of(
        new Person(person, facts, accounts.stream().limit(MOST_ACCOUNTS).toList(), first, last));
  }

  private static Comparator<PersonIdentifier> byStrength(IdentityRules rules) {
    Comparator<PersonIdentifier> byRank =
        Comparator.comparingInt(fact -> rules.rank(fact.getIdentifier().getKind()));
    return byRank
        .thenComparing(PersonIdentifier::getFirstSeen)
        .thenComparing(PersonIdentifier::getIdentifier, Comparator.comparing(Identifier::getId));
  }
}

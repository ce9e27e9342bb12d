package io.millrace.flow.person;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.JoinedBy;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonIdentity;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.identity.IdentityRules;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What happens, and where it must end. */
final class PeopleStory {
  private static final List<String> KINDS =
      List.of("email", "phone", "contact", "anonymous", "anonymous", "badge");

  private final IdentityRules rules;
  private final Random random;
  private final List<Identifier> all;
  private final List<Event> events = new ArrayList<>();
  private final List<IdentityAssignment> assignments = new ArrayList<>();

  PeopleStory(Random random, IdentityRules rules) {
    this.rules = rules;
    this.random = random;
    this.all =
        IntStream.range(0, 3 + random.nextInt(6))
            .mapToObj(i -> new Identifier("id" + i, KINDS.get(random.nextInt(6)), "", "v" + i))
            .toList();
    for (int i = 0; i < 30; i++) {
      if (random.nextInt(3) == 0) {
        assign(2 * i + 1);
      } else {
        events.add(event(i));
      }
    }
  }

  /** As the role identity does, it assigns an owner too once anything is linked to it. */
  private void assign(long number) {
    Identifier of = one();
    Identifier owner = random.nextInt(4) == 0 ? of : one();
    assignments.add(assignment(of, owner.getId(), number));
    if (last(owner.getId()).isEmpty()) {
      assignments.add(assignment(owner, owner.getId(), number + 1));
    }
  }

  private IdentityAssignment assignment(Identifier of, String owner, long number) {
    return new IdentityAssignment(
        Naming.linked(of),
        owner,
        number,
        owner.equals(of.getId()) ? null : new JoinedBy(owner, Naming.NAMED, null),
        random.nextBoolean() ? "JOINED" : "CONFLICT",
        random.nextBoolean() ? List.of() : List.of(one().getId()));
  }

  private Identifier one() {
    return all.get(random.nextInt(all.size()));
  }

  private Event event(int number) {
    List<Identifier> named = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      named.add(one());
    }
    // As normalize does: what never joins comes last.
    named.sort((a, b) -> Integer.compare(rules.rank(a.getKind()), rules.rank(b.getKind())));
    String key = named.getFirst().getId();
    Event event =
        EngagementEvents.event(
            key,
            "e" + number,
            "page.viewed",
            EngagementEvents.NOON.minus(Duration.ofHours(random.nextInt(200))),
            Map.of());
    return Event.newBuilder(event)
        .setReceivedAt(EngagementEvents.NOON)
        .setPerson(new PersonIdentity(key, null, null, Map.of(), null, named, List.of()))
        .setAccount(random.nextInt(3) == 0 ? account() : null)
        .build();
  }

  private AccountIdentity account() {
    Identifier domain = new Identifier("a" + random.nextInt(3), "domain", "", "acme.example");
    return new AccountIdentity(domain.getId(), null, Map.of(), List.of(domain));
  }

  /** By what must keep its order: the events of an identifier, and its assignments. */
  Interleaving.Sources perIdentifier() {
    return new Interleaving.Sources(events, assignments);
  }

  private String owner(String id) {
    return last(id).map(IdentityAssignment::getOwner).orElse(id);
  }

  private Optional<IdentityAssignment> last(String id) {
    return assignments.stream()
        .filter(each -> each.getIdentifier().getId().equals(id))
        .reduce((one, later) -> later);
  }

  /** The ids of each identifier's events, sorted, by its person. */
  Map<String, Map<String, List<String>>> events() {
    Map<String, Map<String, List<String>>> byPerson = new TreeMap<>();
    for (Event event : events) {
      String id = event.getRecord().getId();
      byPerson
          .computeIfAbsent(owner(id), added -> new TreeMap<>())
          .computeIfAbsent(id, added -> new ArrayList<>())
          .add(event.getEventId());
    }
    byPerson.values().forEach(ids -> ids.values().forEach(list -> list.sort(null)));
    return byPerson;
  }

  Map<String, Person> people() {
    Map<String, Person> people = new TreeMap<>();
    facts()
        .forEach(
            (person, facts) ->
                people.put(person, PersonRow.of(person, facts.values(), rules).orElseThrow()));
    return people;
  }

  /** Of each person the other identifiers. */
  Map<String, Set<String>> members() {
    Map<String, Set<String>> members = new TreeMap<>();
    facts()
        .forEach(
            (person, facts) -> {
              Set<String> others = new TreeSet<>(facts.keySet());
              others.remove(person);
              if (!others.isEmpty()) {
                members.put(person, others);
              }
            });
    return members;
  }

  private Map<String, Map<String, PersonRow.Member>> facts() {
    Map<String, Map<String, PersonRow.Member>> facts = new TreeMap<>();
    for (Identifier each : all) {
      NaiveFact naive = new NaiveFact(each);
      events.forEach(naive::add);
      naive
          .fact(last(each.getId()))
          .ifPresent(
              fact ->
                  facts
                      .computeIfAbsent(owner(each.getId()), added -> new HashMap<>())
                      .put(each.getId(), fact));
    }
    return facts;
  }

  /** An identifier by all events at once. */
  private final class NaiveFact {
    private final Identifier identifier;
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final TreeSet<LinkedIdentifier> accounts = new TreeSet<>(IdentifierHome.BY_KIND);

    NaiveFact(Identifier identifier) {
      this.identifier = identifier;
    }

    void add(Event event) {
      List<Identifier> named = event.getPerson().orElseThrow().getIdentifiers();
      boolean isFirst = named.getFirst().equals(identifier);
      boolean isTold =
          named.contains(identifier)
              && rules.joins(identifier.getKind(), identifier.getValue())
              && rules.joins(named.getFirst().getKind(), named.getFirst().getValue());
      if (isFirst || isTold) {
        days.add(LocalDate.ofInstant(event.getOccurredAt(), ZoneOffset.UTC));
      }
      if (isFirst) {
        event
            .getAccount()
            .ifPresent(
                account ->
                    account.getIdentifiers().forEach(each -> accounts.add(Naming.linked(each))));
      }
    }

    Optional<PersonRow.Member> fact(Optional<IdentityAssignment> last) {
      if (days.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new PersonRow.Member(
              new PersonIdentifier(
                  identifier,
                  last.map(IdentityAssignment::getState).orElse("ALONE"),
                  days.first(),
                  days.last(),
                  last.flatMap(IdentityAssignment::getJoinedBy).orElse(null),
                  last.map(IdentityAssignment::getApartFrom).orElse(List.of())),
              List.copyOf(accounts)));
    }
  }
}

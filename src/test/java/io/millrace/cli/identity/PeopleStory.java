package io.millrace.cli.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.Account;
import io.millrace.event.AccountIdentifier;
import io.millrace.event.AccountScore;
import io.millrace.event.Identifier;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.JoinedBy;
import io.millrace.event.LeadScore;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentifier;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentifierIds;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.whatif.Decisions;
import io.millrace.identity.whatif.KnownMember;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The topics of some people, and the commands on them. Identifiers are {@code kind:system:value}.
 */
final class PeopleStory {
  static final LocalDate FIRST = LocalDate.of(2026, 1, 2);
  static final LocalDate LAST = LocalDate.of(2026, 3, 4);
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private static final IdentifierIds IDS = new IdentifierIds("a key for the story".getBytes(UTF_8));
  private static final IdentityRules RULES = IdentityRules.load(Path.of("topology/rules"));

  final FakeRecords records = new FakeRecords();
  final List<IdentityDecision> written = new ArrayList<>();
  private final PeopleCommands commands = new PeopleCommands(this::desk);

  /** What the flow does with a decision; it reads it at once. */
  Runnable flow = () -> {};

  /** Whether the flow reads decisions. */
  boolean isRunning = true;

  static Identifier identifier(String text) {
    String[] parts = text.split(":", 3);
    return IDS.identifier(parts[0], parts[1], parts[2]);
  }

  static String id(String text) {
    return identifier(text).getId();
  }

  static PersonIdentifier alone(String text) {
    return member(text, "ALONE");
  }

  static PersonIdentifier strongest(String text) {
    return member(text, "JOINED");
  }

  static PersonIdentifier joined(String text, String other, String relation) {
    PersonIdentifier member = member(text, "JOINED");
    IdentityEvidence evidence = new IdentityEvidence("crm", "evt-" + text, "contact.updated", NOON);
    return PersonIdentifier.newBuilder(member)
        .setJoinedBy(
            new JoinedBy(id(other), relation, relation.equals("DECIDED") ? null : evidence))
        .build();
  }

  static PersonIdentifier apart(PersonIdentifier member, String state, String... owners) {
    return PersonIdentifier.newBuilder(member)
        .setState(state)
        .setApartFrom(Arrays.stream(owners).map(PeopleStory::id).sorted().toList())
        .build();
  }

  private static PersonIdentifier member(String text, String state) {
    return PersonIdentifier.newBuilder()
        .setIdentifier(identifier(text))
        .setState(state)
        .setFirstSeen(FIRST)
        .setLastSeen(LAST)
        .build();
  }

  /** Writes a person, and the assignments of those that something has linked. */
  void person(PersonIdentifier... members) {
    String owner = members[0].getIdentifier().getId();
    records.add(
        Topics.PEOPLE,
        owner,
        Person.newBuilder()
            .setPerson(owner)
            .setIdentifiers(List.of(members))
            .setAccounts(List.of(end("domain::example.com")))
            .setFirstSeen(FIRST)
            .setLastSeen(LAST)
            .build());
    for (PersonIdentifier member : members) {
      if (members.length > 1 || !member.getState().equals("ALONE")) {
        assign(member, owner, 1);
      }
    }
  }

  /**
   * Writes an account, and the assignments of its identifiers.
   *
   * @param identifiers the strongest first; of the last one nobody knows the value
   */
  void account(long people, String... identifiers) {
    String owner = id(identifiers[0]);
    List<AccountIdentifier> rows = new ArrayList<>();
    for (String text : identifiers) {
      boolean isKnown = !text.equals(identifiers[identifiers.length - 1]);
      JoinedBy by = new JoinedBy(owner, "NAMED", null);
      rows.add(
          AccountIdentifier.newBuilder()
              .setId(id(text))
              .setKind(end(text).getKind())
              .setSystem(end(text).getSystem())
              .setValue(isKnown ? identifier(text).getValue() : null)
              .setState("JOINED")
              .setFirstSeen(isKnown ? FIRST : null)
              .setLastSeen(isKnown ? LAST : null)
              .setJoinedBy(id(text).equals(owner) ? null : by)
              .build());
      records.add(
          Topics.IDENTITY_ASSIGNMENTS,
          id(text),
          IdentityAssignment.newBuilder()
              .setIdentifier(end(text))
              .setOwner(owner)
              .setNumber(1)
              .setState("JOINED")
              .build());
    }
    records.add(Topics.ACCOUNTS, owner, new Account(owner, rows, people, FIRST, LAST));
  }

  void gone(String owner) {
    records.remove(Topics.PEOPLE, id(owner));
  }

  void assign(PersonIdentifier member, String owner, long number) {
    records.add(
        Topics.IDENTITY_ASSIGNMENTS,
        member.getIdentifier().getId(),
        IdentityAssignment.newBuilder()
            .setIdentifier(KnownMember.of(member).end())
            .setOwner(owner)
            .setNumber(number)
            .setJoinedBy(member.getJoinedBy().orElse(null))
            .setState(member.getState())
            .setApartFrom(member.getApartFrom())
            .build());
  }

  void score(String person, int score) {
    records.add(
        Topics.LEAD_SCORES,
        id(person),
        new LeadScore(id(person), score, List.of(), "model 1", NOON));
  }

  void accountScore(String account, int score) {
    records.add(
        Topics.ACCOUNT_SCORES,
        id(account),
        new AccountScore(id(account), score, List.of(), List.of(), 0L, "accounts 1", NOON));
  }

  void changed(String text, String from, String to) {
    records.add(
        Topics.IDENTITIES_CHANGED,
        id(text),
        IdentityChange.newBuilder()
            .setChange("JOINED")
            .setIdentifier(end(text))
            .setOwner(id(to))
            .setPreviousOwner(id(from))
            .setState("JOINED")
            .setNumber(1)
            .setChangedAt(NOON)
            .build());
  }

  void decided(String decision, String... about) {
    decided(NOON, decision, about);
  }

  void decided(Instant at, String decision, String... about) {
    List<LinkedIdentifier> ends =
        Arrays.stream(about)
            .map(PeopleStory::end)
            .sorted((one, two) -> one.getId().compareTo(two.getId()))
            .toList();
    IdentityDecision made =
        new IdentityDecision(
            decision,
            ends.getFirst(),
            ends.size() > 1 ? ends.getLast() : null,
            "a wrong merge",
            "grace",
            at);
    records.add(Topics.IDENTITY_DECISIONS, Decisions.key(made), made);
  }

  static LinkedIdentifier end(String text) {
    return KnownMember.of(alone(text)).end();
  }

  /** Runs the command; what it prints is in {@link #out()} and {@link #err()}. */
  int run(String... arguments) {
    return commands.run(arguments);
  }

  String out() {
    return commands.out();
  }

  String err() {
    return commands.err();
  }

  private Desk desk() {
    return new Desk(
        new IdentityTopics(records),
        RULES,
        new IdentifierQuery(() -> IDS, RULES, () -> List.of("crm", "shop")),
        this::write,
        Set.of("contact", "lead"));
  }

  private BooleanSupplier write(IdentityDecision decision) {
    written.add(decision);
    records.add(Topics.IDENTITY_DECISIONS, Decisions.key(decision), decision);
    flow.run();
    return () -> isRunning;
  }
}

package io.millrace.normalize;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Identifier;
import io.millrace.event.PersonIdentity;
import io.millrace.identity.AccountOfPerson;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.KindRule;
import io.millrace.model.EventSize;
import io.millrace.model.SystemId;
import io.millrace.normalize.mapping.NamedAccount;
import io.millrace.normalize.mapping.NamedId;
import io.millrace.normalize.mapping.NamedPerson;
import io.millrace.normalize.mapping.PersonRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names the people, accounts and records of one source's events. Ids belong to the source's system.
 * What a staging source says belongs to it alone, even e-mail addresses, so that a test never meets
 * a real person, account or record.
 */
record Identification(NormalizeRules rules, String system, boolean staging) {
  /** The most identifiers of a person, and of an account, in one event. */
  static final int MOST = 10;

  private static final String EMAIL = "email";
  private static final String PHONE = "phone";
  private static final String DOMAIN = "domain";
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /** An identifier without its id, which is expensive. */
  private record Named(String kind, String system, String value) {}

  /**
   * The id of a record with its system.
   *
   * @param named another system than the source's
   */
  SystemId recordId(Optional<String> named, String id) {
    return new SystemId(systemOf(named), id);
  }

  private String systemOf(Optional<String> named) {
    return named.map(other -> staging ? system + '/' + other : other).orElse(system);
  }

  /**
   * The person of an event, if it identifies one.
   *
   * @param said the person as the event says
   * @param checked the same after the checks of its fields
   * @param record the record the event is about; empty if that is the person
   */
  Optional<PersonIdentity> person(
      NamedPerson said, NamedPerson checked, String recordType, Optional<SystemId> record) {
    List<Named> named = new ArrayList<>();
    checked.emails().forEach(email -> named.add(shared(EMAIL, email)));
    checked
        .phone()
        .filter(phone -> E164.matcher(phone).matches())
        .ifPresent(phone -> named.add(shared(PHONE, phone)));
    IdentityRules identity = rules.identity();
    named(recordType, record, identity.people()).ifPresent(named::add);
    checked.ids().forEach(id -> named(id, said).ifPresent(named::add));
    List<Identifier> identifiers = strongestFirst(named, identity.accounts());
    return identifiers.stream()
        .findFirst()
        .map(
            first ->
                PersonIdentity.newBuilder()
                    .setKey(first.getId())
                    .setEmail(checked.emails().stream().findFirst().orElse(null))
                    .setPhone(checked.phone().orElse(null))
                    .setExternalIds(external(said.ids()))
                    .setIdentifiers(identifiers)
                    // Avro copies a default value only of trusted classes.
                    .setAccountHints(List.of())
                    .build());
  }

  /**
   * The accounts of an event: the one that it names, and the one of the person's e-mail address.
   *
   * @param record the record the event is about; empty if that is a person
   */
  AccountOfPerson.Accounts accounts(
      NamedAccount said,
      Optional<PersonIdentity> person,
      String recordType,
      Optional<SystemId> record) {
    return new AccountOfPerson(rules.ids(), rules.identity(), sharedSystem())
        .of(person.flatMap(Identification::email), account(said, recordType, record));
  }

  private static Optional<String> email(PersonIdentity person) {
    return person
        .getEmail()
        .or(
            () ->
                person.getIdentifiers().stream()
                    .filter(each -> each.getKind().equals(EMAIL))
                    .map(Identifier::getValue)
                    .findFirst());
  }

  private Optional<AccountIdentity> account(
      NamedAccount said, String recordType, Optional<SystemId> record) {
    IdentityRules identity = rules.identity();
    List<Named> named = new ArrayList<>();
    said.domain()
        .flatMap(identity::accountDomain)
        .ifPresent(domain -> named.add(shared(DOMAIN, domain)));
    named(recordType, record, identity.accounts()).ifPresent(named::add);
    said.ids().forEach(id -> named.add(named(id)));
    List<Identifier> identifiers = strongestFirst(named, identity.people());
    return identifiers.stream()
        .findFirst()
        .map(
            first ->
                AccountIdentity.newBuilder()
                    .setKey(first.getId())
                    .setDomain(said.domain().orElse(null))
                    .setExternalIds(external(said.ids()))
                    .setIdentifiers(identifiers)
                    .build());
  }

  private Named shared(String kind, String value) {
    return new Named(kind, sharedSystem(), value);
  }

  /** The system of what is the same in every system. */
  private String sharedSystem() {
    return staging ? system : "";
  }

  /** Many senders give an e-mail address as the id of a user: then it is an address. */
  private Optional<Named> named(NamedId id, NamedPerson said) {
    Optional<String> address =
        id.kind().equals(EventCheck.INVALID_EMAIL)
            ? Optional.empty()
            : PersonRule.address(id.value());
    return address.isEmpty()
        ? Optional.of(named(id))
        : address
            .filter(other -> !said.emails().contains(other))
            .map(other -> shared(EMAIL, other));
  }

  private Named named(NamedId id) {
    return new Named(id.kind(), systemOf(id.system()), id.value());
  }

  /** The record itself, if its type is a kind of identifier. */
  private static Optional<Named> named(
      String recordType, Optional<SystemId> record, List<KindRule> kinds) {
    return kinds.stream().anyMatch(rule -> rule.kind().equals(recordType))
        ? record.map(id -> new Named(recordType, id.system(), id.id()))
        : Optional.empty();
  }

  /**
   * The order decides only which partition knows the identifiers first, but it must be the same for
   * a repeated event.
   *
   * @param others kinds that would name something else
   */
  private List<Identifier> strongestFirst(List<Named> named, List<KindRule> others) {
    Stream<Named> usable =
        named.stream()
            .filter(each -> each.value().length() <= EventSize.MAX_NAME)
            .filter(each -> others.stream().noneMatch(rule -> rule.kind().equals(each.kind())))
            .distinct();
    return usable
        .map(each -> Map.entry(rank(each), each))
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST)
        .map(Map.Entry::getValue)
        .map(each -> rules.ids().identifier(each.kind(), each.system(), each.value()))
        .toList();
  }

  private int rank(Named named) {
    return rules.identity().joins(named.kind(), named.value())
        ? rules.identity().rank(named.kind())
        : Integer.MAX_VALUE;
  }

  private static Map<String, String> external(List<NamedId> ids) {
    Map<String, String> external = new LinkedHashMap<>();
    ids.forEach(id -> external.putIfAbsent(id.externalName(), id.value()));
    return external;
  }
}

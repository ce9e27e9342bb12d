package io.millrace.normalize;

import io.millrace.model.Assurance;
import io.millrace.normalize.mapping.AccountRule;
import io.millrace.normalize.mapping.DataFields;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.IdRule;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.normalize.mapping.NamedAccount;
import io.millrace.normalize.mapping.NamedPerson;
import io.millrace.normalize.mapping.PersonRule;
import io.millrace.normalize.mapping.Scope;
import io.millrace.normalize.mapping.TypeTable;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that determines how the deliveries of one source become events, prepared once for all
 * of its deliveries.
 *
 * @param source the source's name
 * @param recordId where the ids of records are that the type of the event does not tell
 * @param people where events name people, the source's own rules first
 * @param accounts the same for accounts
 * @param proof what the sender's proof covers
 */
public record EventTables(
    String source,
    EventExtraction extraction,
    Optional<IdRule> recordId,
    List<PersonRule> people,
    List<AccountRule> accounts,
    TypeTable types,
    DataFields fields,
    FieldChecks checks,
    Identification identification,
    Proof proof) {

  public EventTables {
    people = List.copyOf(people);
    accounts = List.copyOf(accounts);
  }

  /**
   * What a sender's proof covers of an event.
   *
   * @param firstIsSigned whether the sender signs the first element of a delivery, and no other
   * @param unsignedTypeHeaders headers that name types, in lower case, next to a signed body
   * @param required the least an event has to prove, if the source requires something
   */
  record Proof(
      boolean firstIsSigned, Set<String> unsignedTypeHeaders, Optional<Assurance> required) {
    static final Proof OF_ALL = new Proof(false, Set.of(), Optional.empty());

    static Proof of(Source source) {
      Provider provider = source.provider();
      return new Proof(
          provider.verification().signsFirstElementOnly(),
          provider.unsignedTypeHeaders(),
          source.requiredAssurance());
    }
  }

  /** The tables of a source that is a system of its own. */
  public static EventTables of(
      String source, EventExtraction extraction, Mapping mapping, NormalizeRules rules) {
    Identification identification = new Identification(rules, source, false);
    return of(source, extraction, mapping, identification, Proof.OF_ALL);
  }

  private static EventTables of(
      String source,
      EventExtraction extraction,
      Mapping mapping,
      Identification identification,
      Proof proof) {
    return new EventTables(
        source,
        extraction,
        mapping.recordId(),
        Stream.concat(mapping.person().stream(), Stream.of(extraction.person())).toList(),
        Stream.concat(mapping.account().stream(), Stream.of(extraction.account())).toList(),
        TypeTable.of(extraction, mapping),
        DataFields.of(extraction, mapping),
        FieldChecks.of(identification.rules().fields(), mapping),
        identification,
        proof);
  }

  static EventTables of(Source source, NormalizeRules rules) {
    return of(
        source.name(),
        source.provider().events(),
        source.mapping(),
        new Identification(rules, source.system(), source.staging()),
        Proof.of(source));
  }

  NamedPerson person(String recordType, Scope scope) {
    return PersonRule.person(people, recordType, scope);
  }

  NamedAccount account(String recordType, Scope scope) {
    return AccountRule.account(accounts, recordType, scope);
  }
}

package io.millrace.flow.erase;

import io.millrace.event.Identifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.RecordRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A person to erase.
 *
 * @param id the person's id
 * @param isKnown whether the flow has a person with it; otherwise only what comes is suppressed
 * @param identifierIds the opaque ids of all identifiers, that of the person among them
 * @param identifiers the identifiers whose values are known
 */
public record ErasedPerson(
    String id, boolean isKnown, Set<String> identifierIds, List<Identifier> identifiers) {
  public ErasedPerson {
    identifierIds = new LinkedHashSet<>(identifierIds);
    identifiers = List.copyOf(identifiers);
  }

  /**
   * The person that an operator named.
   *
   * @param owner the person that the identifier belongs to
   * @param row the person's row, if there is one
   */
  public static ErasedPerson of(NamedPerson named, String owner, Optional<Person> row) {
    List<Identifier> identifiers = new ArrayList<>();
    row.ifPresent(
        person ->
            person.getIdentifiers().stream()
                .map(PersonIdentifier::getIdentifier)
                .forEach(identifiers::add));
    named
        .identifier()
        .filter(one -> identifiers.stream().noneMatch(each -> each.getId().equals(one.getId())))
        .ifPresent(identifiers::add);
    Set<String> ids = new LinkedHashSet<>();
    identifiers.forEach(each -> ids.add(each.getId()));
    ids.add(named.id());
    ids.add(owner);
    return new ErasedPerson(owner, row.isPresent(), ids, identifiers);
  }

  /** The kind of an identifier; empty text if its value is not known. */
  String kindOf(String identifierId) {
    return identifiers.stream()
        .filter(each -> each.getId().equals(identifierId))
        .map(Identifier::getKind)
        .findFirst()
        .orElse("");
  }

  /**
   * The records that identify the person: an id that a system gave may be that of a record. To
   * erase a record that does not exist costs nothing.
   */
  public List<RecordRef> records() {
    return identifiers.stream()
        .filter(each -> !each.getSystem().isEmpty())
        .map(each -> new RecordRef(each.getKind(), each.getSystem() + ':' + each.getValue()))
        .distinct()
        .toList();
  }
}

package io.millrace.normalize;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.PersonIdentity;
import io.millrace.identity.AccountOfPerson;
import io.millrace.model.EventOrder;
import io.millrace.model.EventSize;
import io.millrace.model.RecordTypes;
import io.millrace.model.SystemId;
import java.util.ArrayList;
import java.util.List;

/** Which identifiers an event names together, as far as its own topic does not say so. */
record Sightings(NormalizeRules rules) {
  private static final String NAMED = "NAMED";
  private static final String MERGED = "MERGED";

  /** The most records whose merge one event can tell: as many as can be merged at once. */
  private static final int MOST_MERGED = 250;

  /**
   * The sightings of an event. The people of engagement are known to the step that reads it;
   * everything else has to be told, accounts to their role as well. What joins the account's first
   * identifier is told by that one's home; what joins nothing, such as the domain of an address
   * beside the account that the event names, is a sighting alone.
   */
  List<IdentifierSighting> of(Event event) {
    List<IdentifierSighting> sightings = new ArrayList<>();
    if (!RecordTypes.isPerson(event.getRecord())) {
      event
          .getPerson()
          .map(PersonIdentity::getIdentifiers)
          .ifPresent(named -> add(event, NAMED, named, AccountOfPerson.all(event), sightings));
    }
    event
        .getAccount()
        .map(AccountIdentity::getIdentifiers)
        .ifPresent(named -> addAccount(event, named, sightings));
    event
        .getPerson()
        .map(PersonIdentity::getAccountHints)
        .ifPresent(hints -> hints.forEach(hint -> add(event, NAMED, List.of(hint), sightings)));
    if (EventOrder.isMerge(event)
        && rules.identity().rule(event.getRecord().getType()).isPresent()) {
      addMerges(event, sightings);
    }
    return sightings;
  }

  private void addAccount(Event event, List<Identifier> named, List<IdentifierSighting> sightings) {
    add(event, NAMED, named, sightings);
    named.stream()
        .skip(1)
        .filter(each -> !rules.identity().joins(each.getKind(), each.getValue()))
        .forEach(each -> add(event, NAMED, List.of(each), sightings));
  }

  private void add(
      Event event, String relation, List<Identifier> named, List<IdentifierSighting> sightings) {
    add(event, relation, named, List.of(), sightings);
  }

  private void add(
      Event event,
      String relation,
      List<Identifier> named,
      List<Identifier> accounts,
      List<IdentifierSighting> sightings) {
    if (named.stream().anyMatch(each -> rules.identity().rule(each.getKind()).isPresent())) {
      sightings.add(new IdentifierSighting(named, relation, evidence(event), accounts));
    }
  }

  private void addMerges(Event event, List<IdentifierSighting> sightings) {
    List<SystemId> others = Merges.others(event);
    if (others.size() > MOST_MERGED) {
      return;
    }
    String kind = event.getRecord().getType();
    Identifier own = identifier(kind, SystemId.of(event.getRecord().getId()));
    others.stream()
        .filter(other -> other.id().length() <= EventSize.MAX_NAME)
        .forEach(other -> add(event, MERGED, List.of(own, identifier(kind, other)), sightings));
  }

  private Identifier identifier(String kind, SystemId record) {
    return rules.ids().identifier(kind, record.system(), record.id());
  }

  private static IdentityEvidence evidence(Event event) {
    return new IdentityEvidence(
        event.getSource(), event.getEventId(), event.getEventType(), event.getOccurredAt());
  }
}

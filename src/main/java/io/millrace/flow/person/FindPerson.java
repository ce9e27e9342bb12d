package io.millrace.flow.person;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentifierState;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.LinkState;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonMessage;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RecentRows;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import io.millrace.model.EventKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The home of identifiers. It notes what events say about them, announces the links between them,
 * and sends each event to the person of its identifier: in process if that is the identifier
 * itself, which has the same partition, otherwise by a message.
 *
 * <p>An event without identifiers is about the person {@code record.id}, which nothing joins.
 */
public final class FindPerson implements Processor<String, SpecificRecord, String, Object> {
  public static final String NAME = "find-person";
  public static final String IDENTIFIERS = "identifiers";
  public static final String LINKS = "identifier-links";

  /** How many rows of each store are kept in memory as well, some hundred bytes each. */
  private static final int MOST_IN_MEMORY = 20_000;

  private final IdentityRules rules;
  private final Outlet<PersonInput> found;
  private final Outlet<PersonMessage> ofItself;
  private final Outlet<ErasureOrder> orders;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private RecentRows<IdentifierState> identifiers;
  private RecentRows<LinkState> links;
  private ErasedAtHome erased;

  /**
   * @param found receives the events of identifiers that are their own person
   * @param ofItself receives what else such a person must know
   * @param orders receives the orders to erase an identifier, once its home has
   */
  public FindPerson(
      IdentityRules rules,
      Outlet<PersonInput> found,
      Outlet<PersonMessage> ofItself,
      Outlet<ErasureOrder> orders,
      FlowMetrics metrics) {
    this.rules = rules;
    this.found = found;
    this.ofItself = ofItself;
    this.orders = orders;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    identifiers = new RecentRows<>(context.getStateStore(IDENTIFIERS), MOST_IN_MEMORY);
    links = new RecentRows<>(context.getStateStore(LINKS), MOST_IN_MEMORY);
    erased = new ErasedAtHome(context, identifiers, links);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    switch (record.value()) {
      case Event event -> arrive(event);
      case IdentifierSighting sighting ->
          erased
              .remaining(sighting, record.timestamp())
              .ifPresent(remaining -> see(remaining, record.timestamp()));
      case ErasureOrder order -> erase(record.withValue(order));
      case IdentityAssignment assignment -> assign(assignment, record.timestamp());
      default ->
          throw new IllegalArgumentException(
              NAME + " does not read " + record.value().getSchema().getName());
    }
  }

  private void arrive(Event event) {
    List<Identifier> named = Naming.identifiersOf(event);
    if (named.isEmpty()) {
      goOn(event, event.getRecord().getId());
      return;
    }
    output
        .attempt(event, () -> noted(Naming.of(event, named)))
        .ifPresent(
            noted -> {
              keep(noted, Cause.of(event));
              send(event, noted.state());
            });
  }

  private void see(IdentifierSighting sighting, long arrival) {
    if (sighting.getIdentifiers().isEmpty()) {
      return;
    }
    String id = sighting.getIdentifiers().getFirst().getId();
    Cause cause = Cause.ofEngagement(origin(id), sighting, arrival);
    output
        .attempt(cause, () -> noted(Naming.of(sighting, Instant.ofEpochMilli(arrival))))
        .ifPresent(noted -> keep(noted, cause));
  }

  private void erase(Record<String, ErasureOrder> record) {
    ErasureOrder order = record.value();
    String id = EventKeys.recordOf(order.getSubject()).getId();
    Cause cause = Cause.ofEngagement(origin(id), order, record.timestamp());
    // The command may have seen the person that it belonged to before.
    erased
        .erase(record.key(), id, order)
        .ifPresent(person -> output.write(Topics.ERASE_PEOPLE, person, order, cause));
    orders.forward(context, record);
  }

  private static String origin(String identifier) {
    return "identifier:" + identifier;
  }

  private Noted noted(Naming naming) {
    Identifier strongest = naming.strongest();
    Optional<IdentifierState> before = identifiers.find(strongest.getId());
    Optional<IdentifierState> changed =
        IdentifierHome.seen(before, strongest, naming.day(), naming.accounts());
    return new Noted(
        naming,
        before,
        changed,
        naming.identifiers().size() == 1 ? List.of() : Links.changes(naming, rules, links::find));
  }

  private void keep(Noted noted, Cause cause) {
    noted
        .changed()
        .ifPresent(
            state -> {
              String id = noted.naming().strongest().getId();
              identifiers.put(id, state);
              tell(id, state, cause);
            });
    for (Links.Change change : noted.links()) {
      links.put(change.key(), change.state());
      change
          .link()
          .ifPresent(link -> output.write(Topics.IDENTITY_LINKS, Links.key(link), link, cause));
      change
          .told()
          .ifPresent(
              other ->
                  output.write(
                      Topics.IDENTIFIER_SIGHTINGS,
                      other.getId(),
                      noted.naming().sightingOf(other),
                      cause));
    }
  }

  private void assign(IdentityAssignment assignment, long arrival) {
    String id = assignment.getIdentifier().getId();
    Cause cause = Cause.ofEngagement(origin(id), assignment, arrival);
    Optional<IdentifierState> before = identifiers.find(id);
    output
        .attempt(cause, () -> IdentifierHome.assigned(before, assignment))
        .flatMap(after -> after)
        .ifPresent(
            after -> {
              identifiers.put(id, after);
              String previous = IdentifierHome.owner(before, id);
              // Before an event named it, there is nothing of it anywhere.
              if (!previous.equals(assignment.getOwner()) && after.getIdentifier().isPresent()) {
                send(previous, message(id, assignment.getNumber(), assignment.getOwner()), cause);
              }
              // Its row does not outlive it: only the order says what must be suppressed.
              if (assignment.getState().equals(IdentifierHome.ERASED)) {
                identifiers.remove(id);
              } else {
                tell(id, after, cause);
              }
            });
  }

  private static PersonMessage message(String id, long number, String departedTo) {
    return new PersonMessage(id, number, null, departedTo, null, List.of(), null);
  }

  /** Tells an identifier's owner what it is, once its value is known. */
  private void tell(String id, IdentifierState state, Cause cause) {
    Optional<IdentifierState> known = Optional.of(state);
    Optional<PersonIdentifier> fact = IdentifierHome.fact(state);
    fact.ifPresent(
        present ->
            send(
                IdentifierHome.owner(known, id),
                new PersonMessage(
                    id,
                    IdentifierHome.number(known),
                    null,
                    null,
                    present,
                    state.getAccounts(),
                    null),
                cause));
  }

  private void send(String person, PersonMessage message, Cause cause) {
    if (person.equals(message.getIdentifier())) {
      ofItself.forward(context, new Record<>(person, message, cause.arrival()));
    } else {
      output.write(Topics.PERSON_MESSAGES, person, message, cause);
    }
  }

  private void send(Event event, IdentifierState state) {
    String id = event.getRecord().getId();
    Optional<IdentifierState> known = Optional.of(state);
    String person = IdentifierHome.owner(known, id);
    if (person.equals(id)) {
      goOn(event, person);
      return;
    }
    output.processed(event);
    output.write(
        Topics.PERSON_MESSAGES,
        person,
        new PersonMessage(id, IdentifierHome.number(known), event, null, null, List.of(), null),
        event);
  }

  private void goOn(Event event, String person) {
    output.processed(event);
    PersonInput arrived = new PersonInput.Arrived(PersonOfEvent.named(event, person));
    found.forward(context, new Record<>(person, arrived, event.getReceivedAt().toEpochMilli()));
  }
}

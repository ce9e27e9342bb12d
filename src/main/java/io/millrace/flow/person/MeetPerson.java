package io.millrace.flow.person;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierState;
import io.millrace.event.MemberState;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonMessage;
import io.millrace.flow.erase.ErasureMarks;
import io.millrace.flow.erase.SuppressErased;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RecentRows;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import io.millrace.model.EventKeys;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A person receives the messages of its identifiers: events, what they are, that they leave, and
 * their histories. What has come too late follows its identifier. Of the identifier that gave the
 * person its id nothing is stored here: its home has the same partition and is read instead.
 */
public final class MeetPerson implements Processor<String, SpecificRecord, String, Object> {
  public static final String NAME = "meet-person";
  public static final String MEMBERS = "person-identifiers";

  private static final String NO_KIND = "";

  /** How many rows are kept in memory as well, some hundred bytes each. */
  private static final int MOST_IN_MEMORY = 20_000;

  private final IdentityRules rules;
  private final Outlet<PersonInput> next;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;

  /** Read only: the step at the home writes it. */
  private KeyValueStore<String, IdentifierState> identifiers;

  private RecentRows<MemberState> members;
  private ErasureMarks marks;
  private PeopleRows people;

  /** Only shows the number: tasks of a partition share it, and close after the next one began. */
  private AtomicLong waitingGauge;

  /**
   * @param next receives the events, departures and histories
   */
  public MeetPerson(IdentityRules rules, Outlet<PersonInput> next, FlowMetrics metrics) {
    this.rules = rules;
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    identifiers = context.getStateStore(FindPerson.IDENTIFIERS);
    members = new RecentRows<>(context.getStateStore(MEMBERS), MOST_IN_MEMORY);
    marks = new ErasureMarks(context.getStateStore(ErasureMarks.OF_PEOPLE));
    waitingGauge = metrics.waiting(NAME, context.taskId().partition());
    people = new PeopleRows(context, rules, output, waitingGauge);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    switch (record.value()) {
      case PersonMessage message ->
          erased(message, record.timestamp())
              .ifPresentOrElse(
                  order -> suppress(message, order),
                  () -> processMessage(record.withValue(message)));
      case ErasureOrder order -> erase(record.withValue(order));
      default ->
          throw new IllegalArgumentException(
              NAME + " does not read " + record.value().getSchema().getName());
    }
  }

  /** The order that erased what a message on its way is about. */
  private Optional<ErasureOrder> erased(PersonMessage message, long arrival) {
    return marks
        .ofIdentifier(message.getIdentifier(), arrival)
        .or(() -> message.getEvent().flatMap(marks::of));
  }

  private void suppress(PersonMessage message, ErasureOrder order) {
    message.getEvent().ifPresent(event -> SuppressErased.suppress(event, order, output, metrics));
  }

  /**
   * An identifier was erased. Its order comes to its home, to the person it belonged to, and to
   * others, who know nothing of it.
   */
  private void erase(Record<String, ErasureOrder> record) {
    String person = record.key();
    ErasureOrder order = record.value();
    String identifier = EventKeys.recordOf(order.getSubject()).getId();
    Cause cause = Cause.ofEngagement("identifier:" + identifier, order, record.timestamp());
    marks.learn(order);
    forward(person, new PersonInput.Erased(identifier, order), cause);
    List<String> rows =
        person.equals(identifier)
            ? people.departed(person)
            : List.of(PeopleRows.key(person, identifier));
    boolean isKnown = rows.stream().map(members::find).anyMatch(Optional::isPresent);
    rows.forEach(members::remove);
    if (!person.equals(identifier)
        && marks.ofIdentifier(person, order.getRequestedAt().toEpochMilli()).isPresent()) {
      // Only now is nothing left of the others: what the steps keep of the person as such can go.
      forward(person, new PersonInput.Erased(person, order), cause);
    }
    if (isKnown || person.equals(identifier)) {
      people.tell(person, NO_KIND, cause);
    }
  }

  private void processMessage(Record<String, PersonMessage> record) {
    String person = record.key();
    PersonMessage message = record.value();
    Cause cause = cause(message, record.timestamp());
    if (!person.equals(message.getIdentifier())) {
      ofMember(person, message, cause);
    } else if (message.getFact().isPresent()) {
      people.tell(person, message, cause);
    } else if (message.getDepartedTo().isPresent()) {
      depart(person, message, cause);
      people.tell(person, kindOf(person), cause);
    } else {
      ofItself(person, message, cause);
    }
  }

  @Override
  public void close() {
    waitingGauge.set(0);
  }

  private static Cause cause(PersonMessage message, long arrival) {
    return message
        .getEvent()
        .map(Cause::of)
        .orElseGet(
            () -> Cause.ofEngagement("identifier:" + message.getIdentifier(), message, arrival));
  }

  /** Content of the identifier that gave the person its id, which it had at another person. */
  private void ofItself(String person, PersonMessage message, Cause cause) {
    Optional<MemberState> known =
        Membership.ofItself(person, Optional.ofNullable(identifiers.get(person)));
    switch (Membership.of(known, message)) {
      case Membership.Verdict.Accepted accepted -> accept(person, message, cause);
      case Membership.Verdict.Following following -> follow(message, following, cause);
      case Membership.Verdict.Departing departing -> {}
      case Membership.Verdict.Stale stale -> {}
    }
  }

  private void ofMember(String person, PersonMessage message, Cause cause) {
    String key = PeopleRows.key(person, message.getIdentifier());
    Optional<MemberState> known = members.find(key);
    switch (Membership.of(known, message)) {
      case Membership.Verdict.Accepted accepted -> {
        if (known.filter(accepted.member()::equals).isEmpty()) {
          members.put(key, accepted.member());
          message.getFact().ifPresent(fact -> people.tell(person, kind(fact), cause));
        }
        accept(person, message, cause);
      }
      case Membership.Verdict.Departing departing -> {
        depart(person, message, cause);
        members.put(key, departing.member());
        known
            .flatMap(MemberState::getFact)
            .ifPresent(fact -> people.tell(person, kind(fact), cause));
      }
      case Membership.Verdict.Following following -> follow(message, following, cause);
      case Membership.Verdict.Stale stale -> {}
    }
  }

  private void accept(String person, PersonMessage message, Cause cause) {
    message
        .getEvent()
        .ifPresent(
            event -> {
              output.processed(event);
              forward(person, new PersonInput.Arrived(PersonOfEvent.named(event, person)), cause);
            });
    message
        .getHistory()
        .ifPresent(
            history ->
                forward(person, new PersonInput.Joining(message.getIdentifier(), history), cause));
  }

  private void depart(String person, PersonMessage message, Cause cause) {
    forward(
        person,
        new PersonInput.Departure(
            message.getIdentifier(), message.getDepartedTo().orElseThrow(), message.getNumber()),
        cause);
  }

  private void follow(PersonMessage message, Membership.Verdict.Following following, Cause cause) {
    output.write(
        Topics.PERSON_MESSAGES, following.to(), Membership.following(message, following), cause);
  }

  private void forward(String person, PersonInput input, Cause cause) {
    next.forward(context, new Record<>(person, input, cause.arrival()));
  }

  private String kindOf(String identifier) {
    return Optional.ofNullable(identifiers.get(identifier))
        .flatMap(IdentifierState::getIdentifier)
        .map(Identifier::getKind)
        .orElse(NO_KIND);
  }

  private static String kind(PersonIdentifier fact) {
    return fact.getIdentifier().getKind();
  }
}

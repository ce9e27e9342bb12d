package io.millrace.flow.person;

import io.millrace.event.ErasureRequest;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierState;
import io.millrace.event.MemberState;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonMessage;
import io.millrace.flow.erase.ErasedPerson;
import io.millrace.flow.erase.ErasureRequests;
import io.millrace.flow.erase.ErasureRequests.Outcome;
import io.millrace.flow.erase.ErasureWrites;
import io.millrace.flow.erase.ErasureWrites.Write;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import io.millrace.model.LogField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases whom a sender asks to erase, as the command does. The home of the identifier knows its
 * person and sends the request there; the person knows all its identifiers. Nothing is kept here:
 * the orders come back to the steps that keep something.
 */
public final class EraseOnRequest
    implements Processor<String, ErasureRequest, String, SpecificRecord> {
  public static final String NAME = "erase-on-request";
  private static final Logger LOG = LoggerFactory.getLogger(EraseOnRequest.class);

  private final IdentityRules.ErasureRequests rule;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;

  /** Read only: other steps write them. */
  private KeyValueStore<String, IdentifierState> identifiers;

  private KeyValueStore<String, MemberState> members;

  public EraseOnRequest(IdentityRules.ErasureRequests rule, FlowMetrics metrics) {
    this.rule = rule;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    identifiers = context.getStateStore(FindPerson.IDENTIFIERS);
    members = context.getStateStore(MeetPerson.MEMBERS);
  }

  @Override
  public void process(Record<String, ErasureRequest> record) {
    ErasureRequest request = record.value();
    Cause cause =
        Cause.ofEngagement("erasure:" + request.getIdentifier(), request, record.timestamp());
    output
        .attempt(cause, () -> writes(request))
        .ifPresent(writes -> writes.forEach(write -> write(write, cause)));
  }

  private List<Write<?>> writes(ErasureRequest request) {
    Outcome outcome = ErasureRequests.outcome(request, rule);
    if (outcome != Outcome.ERASED) {
      report(request, outcome);
      return List.of();
    }
    Optional<ErasureRequest> forwarded = forwarded(request);
    if (forwarded.isPresent()) {
      return List.of(written(forwarded.get()));
    }
    report(request, outcome);
    ErasureWrites erasure =
        ErasureWrites.of(request, Instant.ofEpochMilli(context.currentSystemTimeMs()));
    List<Write<?>> writes = new ArrayList<>(erasure.erase(person(request)));
    // Nobody may have told the home yet that the record is one of the person's identifiers.
    request.getRecord().ifPresent(ref -> writes.add(erasure.erase(ref)));
    return writes;
  }

  /** The request for the person of its identifier; empty if that is here. */
  private Optional<ErasureRequest> forwarded(ErasureRequest request) {
    String id = request.getIdentifier();
    String here = ErasureRequests.key(request);
    Optional<IdentifierState> home = Optional.ofNullable(identifiers.get(here));
    if (here.equals(id)) {
      String owner = IdentifierHome.owner(home, id);
      return owner.equals(id)
          ? Optional.empty()
          : Optional.of(to(request, owner, IdentifierHome.number(home)));
    }
    Optional<MemberState> member = Optional.ofNullable(members.get(PeopleRows.key(here, id)));
    return Membership.of(member, content(request)) instanceof Membership.Verdict.Following next
        ? Optional.of(to(request, next.to(), next.number()))
        : Optional.empty();
  }

  /** A request follows its identifier as what it brings does. */
  private static PersonMessage content(ErasureRequest request) {
    return new PersonMessage(
        request.getIdentifier(), request.getNumber(), null, null, null, List.of(), null);
  }

  private static ErasureRequest to(ErasureRequest request, String person, long number) {
    return ErasureRequest.newBuilder(request).setPerson(person).setNumber(number).build();
  }

  private static Write<ErasureRequest> written(ErasureRequest request) {
    return new Write<>(Topics.ERASURE_REQUESTS, ErasureRequests.key(request), Optional.of(request));
  }

  /** All that is known here of the person, with the identifier of the request in any case. */
  private ErasedPerson person(ErasureRequest request) {
    String person = ErasureRequests.key(request);
    Set<String> ids = new LinkedHashSet<>();
    List<Identifier> known = new ArrayList<>();
    ids.add(request.getIdentifier());
    Optional<IdentifierState> home = Optional.ofNullable(identifiers.get(person));
    if (IdentifierHome.owner(home, person).equals(person)) {
      ids.add(person);
      home.flatMap(IdentifierState::getIdentifier).ifPresent(known::add);
    }
    try (KeyValueIterator<String, MemberState> rows = PeopleRows.range(members, person)) {
      rows.forEachRemaining(
          row -> row.value.getFact().map(PersonIdentifier::getIdentifier).ifPresent(known::add));
    }
    known.forEach(each -> ids.add(each.getId()));
    return new ErasedPerson(person, !known.isEmpty(), ids, known);
  }

  private void report(ErasureRequest request, Outcome outcome) {
    String word = outcome.name().toLowerCase(Locale.ROOT);
    metrics.erasureRequest(request.getSource(), word);
    LOG.atInfo()
        .addKeyValue(LogField.SOURCE, request.getSource())
        .addKeyValue("erasure_id", ErasureWrites.idOf(request))
        .addKeyValue("identifier", request.getIdentifier())
        .addKeyValue("outcome", word)
        .log("A sender asks to erase a person");
  }

  private <V extends SpecificRecord> void write(Write<V> write, Cause cause) {
    write
        .value()
        .ifPresentOrElse(
            value -> output.write(write.topic(), write.key(), value, cause),
            () -> output.tombstone(write.topic(), write.key(), cause));
  }
}

package io.millrace.flow.person;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.event.IdentifierState;
import io.millrace.event.LinkState;
import io.millrace.event.MemberState;
import io.millrace.event.PersonHistory;
import io.millrace.event.PersonMessage;
import io.millrace.flow.erase.ErasureMarks;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.MapStore;
import io.millrace.identity.IdentityRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One partition of homes and people: the real steps, and in place of the steps behind them one that
 * keeps the ids of events by person and identifier, and sends them on when an identifier leaves.
 */
final class PersonPartition {
  private static final String NEXT = "next";
  private static final String ITSELF = "itself";
  private static final String ERASED = "erased";
  private static final long AT = 1_800_000_000_000L;

  private final MapStore<IdentifierState> identifiers = new MapStore<>(FindPerson.IDENTIFIERS);
  private final MapStore<MemberState> members = new MapStore<>(MeetPerson.MEMBERS);
  private final MapStore<Long> toWrite = new MapStore<>(PeopleRows.TO_WRITE);
  private final MapStore<ErasureOrder> marks = new MapStore<>(ErasureMarks.OF_PEOPLE);
  private final MapStore<LinkState> links = new MapStore<>(FindPerson.LINKS);
  private final MockProcessorContext<String, Object> ofHome = new MockProcessorContext<>();
  private final MockProcessorContext<String, Object> ofPeople = new MockProcessorContext<>();
  private final FindPerson home;
  private final MeetPerson people;
  private final Sink sink;
  private final Map<String, Map<String, List<String>>> content = new HashMap<>();

  /** Receives what a partition writes to topics. */
  @FunctionalInterface
  interface Sink {
    /** Takes a record; the value is missing in a tombstone. */
    void write(String topic, String key, SpecificRecord... value);
  }

  PersonPartition(IdentityRules rules, Sink sink) {
    this.sink = sink;
    FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
    home = new FindPerson(rules, outlet(NEXT), outlet(ITSELF), outlet(ERASED), metrics);
    people = new MeetPerson(rules, outlet(NEXT), metrics);
    List.of(identifiers, links, marks).forEach(ofHome::addStateStore);
    List.of(identifiers, members, toWrite, marks).forEach(ofPeople::addStateStore);
    for (MockProcessorContext<String, Object> context : List.of(ofHome, ofPeople)) {
      context.setCurrentSystemTimeMs(AT);
      context.setCurrentStreamTimeMs(AT);
    }
    home.init(ofHome);
    people.init(ofPeople);
  }

  private static <V> Outlet<V> outlet(String node) {
    Outlet<V> outlet = Outlet.of("step");
    outlet.attach(node);
    return outlet;
  }

  /** A record of one of the topics that the partition reads. */
  void receive(String key, SpecificRecord value) {
    if (value instanceof PersonMessage message) {
      people.process(new Record<>(key, message, AT));
    } else {
      long at = value instanceof Event event ? event.getReceivedAt().toEpochMilli() : AT;
      home.process(new Record<>(key, value, at));
    }
    goOn(ofHome);
    goOn(ofPeople);
  }

  private void goOn(MockProcessorContext<String, Object> context) {
    List<MockProcessorContext.CapturedForward<? extends String, ?>> forwarded =
        List.copyOf(context.forwarded());
    context.resetForwards();
    for (var each : forwarded) {
      String key = each.record().key();
      String child = each.childName().orElseThrow();
      switch (each.record().value()) {
        case PersonInput input -> take(key, input);
        case PersonMessage message when child.equals(ITSELF) -> receive(key, message);
        case SpecificRecord written -> sink.write(topic(child), key, written);
        case null -> sink.write(topic(child), key);
        default -> throw new IllegalStateException(child);
      }
    }
  }

  private static String topic(String node) {
    return node.substring(Nodes.write(Topics.PEOPLE).length() - Topics.PEOPLE.name().length());
  }

  private void take(String person, PersonInput input) {
    Map<String, List<String>> known = content.computeIfAbsent(person, added -> new HashMap<>());
    switch (input) {
      case PersonInput.Arrived arrived -> {
        if (!person.equals(arrived.event().getPerson().orElseThrow().getId().orElse(""))) {
          throw new IllegalStateException("The event does not say that it is " + person + "'s");
        }
        known
            .computeIfAbsent(arrived.identifier(), added -> new ArrayList<>())
            .add(arrived.event().getEventId());
      }
      case PersonInput.Erased erased -> known.remove(erased.identifier());
      case PersonInput.Joining joining ->
          known
              .computeIfAbsent(joining.identifier(), added -> new ArrayList<>())
              .addAll(joining.history().getKnownFor());
      case PersonInput.Departure departure -> {
        List<String> taken = known.remove(departure.identifier());
        if (taken != null) {
          PersonHistory history = new PersonHistory(taken, List.of(), List.of(), null);
          sink.write(
              Topics.PERSON_MESSAGES.name(),
              departure.to(),
              new PersonMessage(
                  departure.identifier(),
                  departure.number(),
                  null,
                  null,
                  null,
                  List.of(),
                  history));
        }
      }
    }
  }

  /** The ids of events, by person and identifier. */
  Map<String, Map<String, List<String>>> content() {
    return content;
  }

  Map<String, MemberState> members() {
    return members.rows();
  }
}

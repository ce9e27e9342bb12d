package io.millrace.flow.testing;

import io.millrace.event.Event;
import io.millrace.event.PersonMessage;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.person.PersonInput;
import io.millrace.model.EventKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * People whose identifiers join and leave, in front of one step. Events find the person that an
 * identifier belongs to now; its history may be under way for as long as the test wants, and then
 * finds the person that it belongs to by then.
 */
public final class JoiningPeople<V> {
  private final Processor<String, Behaviour, String, V> step;
  private final MockProcessorContext<String, V> context = new MockProcessorContext<>();
  private final Map<String, String> owners = new TreeMap<>();
  private final List<Record<?, ?>> said = new ArrayList<>();
  private final List<PersonMessage> underWay = new ArrayList<>();
  private long number;

  public JoiningPeople(
      Processor<String, Behaviour, String, V> step, StateStore memories, Instant now) {
    this.step = step;
    context.addStateStore(memories);
    context.setCurrentStreamTimeMs(now.toEpochMilli());
    context.setCurrentSystemTimeMs(now.toEpochMilli());
    step.init(context);
  }

  /** The person that an identifier belongs to. */
  public String owner(String identifier) {
    return owners.getOrDefault(identifier, identifier);
  }

  /** An event arrives. */
  public void arrive(Event event, List<String> activities) {
    process(
        owner(event.getRecord().getId()),
        new Engagement(event, activities),
        event.getReceivedAt().toEpochMilli());
  }

  /** An identifier belongs to another person from now on; returns whether it did not before. */
  public boolean move(String identifier, String to) {
    String from = owner(identifier);
    if (from.equals(to)) {
      return false;
    }
    owners.put(identifier, to);
    number++;
    process(from, new Behaviour.Changed(new PersonInput.Departure(identifier, to, number)), 0);
    return true;
  }

  /** Histories that have not arrived yet. */
  public int underWay() {
    return underWay.size();
  }

  /** A history arrives. */
  public void deliver(int which) {
    PersonMessage message = underWay.remove(which);
    String identifier = message.getIdentifier();
    process(
        owner(identifier),
        new Behaviour.Changed(
            new PersonInput.Joining(identifier, message.getHistory().orElseThrow())),
        0);
  }

  /** What was forwarded since this was asked last, histories included. */
  public List<Record<?, ?>> said() {
    List<Record<?, ?>> since = List.copyOf(said);
    said.clear();
    return since;
  }

  /** The events of the identifiers that belong to a person, each once. */
  public List<Event> eventsOf(String person, List<Event> events) {
    Map<String, Event> distinct = new TreeMap<>();
    events.stream()
        .filter(event -> owner(event.getRecord().getId()).equals(person))
        .forEach(event -> distinct.put(EventKeys.admission(event), event));
    return List.copyOf(distinct.values());
  }

  private void process(String person, Behaviour behaviour, long arrival) {
    step.process(new Record<>(person, behaviour, arrival));
    for (MockProcessorContext.CapturedForward<? extends String, ? extends V> forward :
        context.forwarded()) {
      said.add(forward.record());
      if (forward.record().value() instanceof PersonMessage message) {
        underWay.add(message);
      }
    }
    context.resetForwards();
  }
}

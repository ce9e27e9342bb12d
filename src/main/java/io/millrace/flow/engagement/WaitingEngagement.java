package io.millrace.flow.engagement;

import io.millrace.event.Event;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.step.DueQueue;
import io.millrace.flow.step.RuleKey;
import io.millrace.model.EventOrder;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Waiting engagement, by rule, person, identifier and position. The due times are kept in memory
 * and rebuilt at the start: at most {@link AwaitContext#MOST_IN_ALL} events wait in a partition.
 */
public final class WaitingEngagement {
  public static final String EVENTS = "waiting-engagement";

  /** Ends the identifier in a key; not part of any escaped text. */
  private static final char SEPARATOR = ' ';

  /** After every position. */
  private static final String END = "g";

  /** After the slash that ends a place. */
  private static final char AFTER_PLACE = '/' + 1;

  private final KeyValueStore<String, WaitingEvent> events;
  private final DueQueue due = new DueQueue();
  private final Set<String> earlierRules = new TreeSet<>();

  WaitingEngagement(KeyValueStore<String, WaitingEvent> events) {
    this.events = events;
    try (KeyValueIterator<String, WaitingEvent> held = events.all()) {
      held.forEachRemaining(
          row -> {
            due.add(dueAt(row), row.key);
            earlierRules.add(row.key.substring(0, row.key.indexOf('/')));
          });
    }
  }

  /** The rules for which events waited at the start; some may not be declared any more. */
  Set<String> earlierRules() {
    return earlierRules;
  }

  /** Holds an event; {@code place} identifies a rule and a person. */
  void hold(String place, Event event, long dueAt) {
    String key = start(place, event.getRecord().getId()) + EventOrder.position(event);
    Instant moment = Instant.ofEpochMilli(dueAt);
    events.put(key, new WaitingEvent(event, moment, moment));
    due.add(dueAt, key);
  }

  /** Takes all events that wait at a place, in their order. */
  List<Event> takeAll(String place) {
    String end = place.substring(0, place.length() - 1) + AFTER_PLACE;
    List<KeyValue<String, WaitingEvent>> rows = take(place, end);
    rows.sort(Comparator.comparing(row -> position(place, row.key)));
    return rows.stream().map(row -> row.value.getEvent()).toList();
  }

  /** Takes the events of one identifier that wait at a place, in their order; reads no others. */
  List<Event> takeAll(String place, String identifier) {
    String start = start(place, identifier);
    return take(start, start + END).stream().map(row -> row.value.getEvent()).toList();
  }

  private List<KeyValue<String, WaitingEvent>> take(String from, String to) {
    List<KeyValue<String, WaitingEvent>> rows = new ArrayList<>();
    try (KeyValueIterator<String, WaitingEvent> held = events.range(from, to)) {
      held.forEachRemaining(rows::add);
    }
    rows.forEach(
        row -> {
          events.put(row.key, null);
          due.remove(dueAt(row), row.key);
        });
    return rows;
  }

  /** The start of the keys of an identifier. */
  private static String start(String place, String identifier) {
    return place + SortableText.escaped(identifier) + SEPARATOR;
  }

  private static String position(String place, String key) {
    return key.substring(key.indexOf(SEPARATOR, place.length()) + 1);
  }

  /** An event that is due, and its place. */
  record Due(String place, Event event) {

    /** The person at the place. */
    String person() {
      String memory = place.substring(0, place.length() - 1);
      return SortableText.unescaped(RuleKey.ofMemory(memory).orElseThrow().person());
    }
  }

  /** Takes the event that is longest overdue. */
  Optional<Due> takeDue(long now) {
    return due.take(now).map(key -> new Due(placeIn(key), events.delete(key).getEvent()));
  }

  int count() {
    return due.count();
  }

  /** A place is {@code rule/length:person/}. */
  private static String placeIn(String key) {
    int slash = key.indexOf('/');
    int colon = key.indexOf(':', slash);
    int length = Integer.parseInt(key, slash + 1, colon, 10);
    return key.substring(0, colon + 1 + length + 1);
  }

  private static long dueAt(KeyValue<String, WaitingEvent> row) {
    return row.value.getDueAt().toEpochMilli();
  }
}

package io.millrace.flow.person;

import io.millrace.event.Event;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.Person;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * Several partitions whose messages are read in one random order: what one sender has sent to one
 * partition keeps its order, and nothing else does.
 */
final class Interleaving {
  private static final int PARTITIONS = 3;

  /** More messages than these for one input would be a circle. */
  private static final int MOST_FOR_ONE_INPUT = 100;

  private final Random random;
  private final List<PersonPartition> partitions = new ArrayList<>();
  private final Map<String, Deque<Message>> channels = new TreeMap<>();
  private final Map<String, Person> people = new TreeMap<>();
  private int mostMessages;

  private record Message(int to, String key, SpecificRecord value) {}

  /** The input: events and assignments, each in its order. */
  record Sources(List<Event> events, List<IdentityAssignment> assignments) {}

  Interleaving(IdentityRules rules, Random random, Sources sources) {
    this.random = random;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int from = partition;
      partitions.add(
          new PersonPartition(
              rules, (topic, key, value) -> write(Integer.toString(from), topic, key, value)));
    }
    for (Event event : sources.events()) {
      send("events", event.getRecord().getId(), event);
    }
    for (IdentityAssignment assignment : sources.assignments()) {
      send("decider", assignment.getIdentifier().getId(), assignment);
    }
    mostMessages = MOST_FOR_ONE_INPUT * (sources.events().size() + sources.assignments().size());
  }

  private void write(String from, String topic, String key, SpecificRecord... value) {
    if (topic.equals(Topics.PEOPLE.name())) {
      people.remove(key);
      for (SpecificRecord row : value) {
        people.put(key, (Person) row);
      }
    } else if (topic.equals(Topics.DEAD_LETTERS.name())) {
      throw new IllegalStateException(value[0].toString());
    } else if (!topic.equals(Topics.IDENTITY_LINKS.name())) {
      send(from, key, value[0]);
    }
  }

  private void send(String from, String key, SpecificRecord value) {
    int to = Math.floorMod(key.hashCode(), PARTITIONS);
    channels
        .computeIfAbsent(from + " to " + to, added -> new ArrayDeque<>())
        .add(new Message(to, key, value));
  }

  /** Reads everything. */
  void drain() {
    List<Deque<Message>> open = open();
    while (!open.isEmpty()) {
      Message next = open.get(random.nextInt(open.size())).removeFirst();
      partitions.get(next.to()).receive(next.key(), next.value());
      if (mostMessages-- == 0) {
        throw new IllegalStateException("Messages go round in circles");
      }
      open = open();
    }
  }

  private List<Deque<Message>> open() {
    return channels.values().stream().filter(channel -> !channel.isEmpty()).toList();
  }

  /** The ids of events, sorted, by person and identifier. */
  Map<String, Map<String, List<String>>> events() {
    Map<String, Map<String, List<String>>> events = new TreeMap<>();
    for (PersonPartition partition : partitions) {
      partition
          .content()
          .forEach(
              (person, byIdentifier) ->
                  byIdentifier.forEach(
                      (identifier, ids) ->
                          events
                              .computeIfAbsent(person, added -> new TreeMap<>())
                              .put(identifier, ids.stream().sorted().toList())));
    }
    return events;
  }

  Map<String, Person> people() {
    return people;
  }

  /** The identifiers that people know of, besides the one with their id. */
  Map<String, Set<String>> members() {
    Map<String, Set<String>> members = new TreeMap<>();
    for (PersonPartition partition : partitions) {
      partition
          .members()
          .forEach(
              (key, member) -> {
                if (member.getFact().isPresent()) {
                  int separator = key.indexOf('|');
                  members
                      .computeIfAbsent(key.substring(0, separator), added -> new TreeSet<>())
                      .add(key.substring(separator + 1));
                }
              });
    }
    return members;
  }
}

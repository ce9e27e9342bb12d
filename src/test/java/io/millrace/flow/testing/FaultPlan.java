package io.millrace.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.flow.person.EraseOnRequest;
import io.millrace.flow.person.MeetPerson;
import io.millrace.flow.record.EraseRecord;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.Faults.Place;
import io.millrace.flow.testing.Faults.Point;
import io.millrace.flow.testing.FlowCluster.Sent;
import io.millrace.flow.testing.UndisturbedFlow.Input;
import io.millrace.kafka.topic.Topic;
import io.millrace.normalize.Normalized;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;

/** Where the steps of a role can be made to fail: what a story really passes, step by step. */
final class FaultPlan {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::node).thenComparing(Place::point);

  private final Map<Place, Integer> passed;

  private FaultPlan(Map<Place, Integer> passed) {
    this.passed = passed;
  }

  /** Steps that wait for orders, or for other people: no event by itself gives them work. */
  private static final Set<String> NOT_BY_EVENTS =
      Set.of(EraseRecord.NAME, EraseOnRequest.NAME, MeetPerson.NAME);

  /** Tells the story to the role once without a broker, and counts. */
  static FaultPlan of(String role, FlowStory story) {
    Faults counting = new Faults();
    Topology empty = counting.topology();
    List<Event> events = new ArrayList<>();
    List<Input> deliveries = new ArrayList<>();
    for (Sent<Delivery> sent : story.deliveries()) {
      deliveries.add(input(Topics.DELIVERIES_RECEIVED, "tested", sent.value(), sent.timestamp()));
      for (Normalized part : story.normalize(sent.value(), 0, 0)) {
        if (part instanceof Normalized.Event found) {
          events.add(found.event());
        }
      }
    }
    switch (role) {
      case "normalize" -> run(role, Topics.DELIVERIES_RECEIVED, deliveries, story, empty);
      case "records" -> run(role, Topics.RECORD_EVENTS, inputs(events, false), story, empty);
      default -> run(role, Topics.ENGAGEMENT_EVENTS, inputs(events, true), story, empty);
    }
    Map<Place, Integer> passed = new TreeMap<>(ORDER);
    passed.putAll(counting.passed());
    Set<String> nodes = new TreeSet<>(Faults.nodes(empty));
    nodes.removeAll(NOT_BY_EVENTS);
    assertThat(passed.keySet().stream().map(Place::node))
        .as("FlowStory must give every step of %s something to do", role)
        .containsAll(nodes);
    return new FaultPlan(passed);
  }

  private static void run(
      String role, Topic<?> input, List<Input> inputs, FlowStory story, Topology empty) {
    UndisturbedFlow.run(role, input, inputs, story::normalize, empty, (topic, key, value) -> {});
  }

  private static List<Input> inputs(List<Event> events, boolean engagement) {
    return events.stream()
        .filter(event -> FlowAccount.isEngagement(event) == engagement)
        .map(
            event ->
                input(
                    Topics.RECORD_EVENTS,
                    FlowAccount.key(event),
                    event,
                    event.getReceivedAt().toEpochMilli()))
        .toList();
  }

  private static <V extends SpecificRecord> Input input(
      Topic<V> topic, String key, V value, long timestamp) {
    byte[] bytes = StateSerde.of(topic.valueType()).serializer().serialize("", value);
    return new Input(key, bytes, timestamp);
  }

  /** The steps of the role. */
  Set<String> nodes() {
    return passed.keySet().stream().map(Place::node).collect(Collectors.toCollection(TreeSet::new));
  }

  /** One fault for each step, at some point of it. */
  void oneForEachStep(Faults faults, Random random) {
    Map<String, List<Place>> places = new TreeMap<>();
    passed
        .keySet()
        .forEach(
            place -> places.computeIfAbsent(place.node(), node -> new ArrayList<>()).add(place));
    places.values().forEach(of -> plan(of.get(random.nextInt(of.size())), faults, random));
  }

  /** Faults at every point of every step, several times. */
  void everywhere(int times, Faults faults, Random random) {
    for (int time = 0; time < times; time++) {
      passed.keySet().forEach(place -> plan(place, faults, random));
    }
  }

  /**
   * Early in the story, because on a broker its parts may come together differently: fewer minutes
   * of more events, say, and so fewer of what follows from them.
   */
  private void plan(Place place, Faults faults, Random random) {
    int often = place.point() == Point.TIMER ? 1 : passed.getOrDefault(place, 1) / 3;
    faults.plan(place, 1 + random.nextInt(Math.max(1, often)));
  }
}

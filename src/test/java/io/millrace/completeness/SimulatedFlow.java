package io.millrace.completeness;

import io.millrace.completeness.RoleFlow.Held;
import io.millrace.completeness.RoleFlow.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A flow of two roles in memory, one random step after the other. A role's place is seen before its
 * results are, as on a cluster, where the markers of a transaction arrive one by one.
 */
final class SimulatedFlow implements FlowProgress {
  static final Held HELD = new Held("records", "waiting", "events that wait");
  static final RoleFlow NORMALIZE =
      new RoleFlow(
          "normalize",
          List.of(new Read("normalize", "deliveries")),
          List.of(),
          Map.of("events", List.of()),
          20);
  static final RoleFlow RECORDS =
      new RoleFlow(
          "records",
          List.of(new Read("records", "events")),
          List.of(new Read("records", "merged")),
          Map.of("duplicates", List.of(), "ordered", List.of(HELD), "merged", List.of(HELD)),
          20);

  private static final int EDGES = 3;
  private static final int MERGED_AGAIN = 3;

  private final Random random;
  private final BiConsumer<String, Instant> seen;
  private final Map<String, List<Instant>> logs = new HashMap<>();
  private final Map<String, Integer> committed = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final List<NavigableMap<Integer, Instant>> underWay = new ArrayList<>();
  private final Map<String, Instant> said = new HashMap<>();
  private final List<Instant> waiting = new ArrayList<>();
  private boolean edgesStopped;
  private long now = 1_000;
  private int requests;

  /**
   * Begins with empty topics.
   *
   * @param seen is told of each record that readers of committed records see: topic and arrival
   */
  SimulatedFlow(Random random, BiConsumer<String, Instant> seen) {
    this.random = random;
    this.seen = seen;
    for (int edge = 0; edge < EDGES; edge++) {
      underWay.add(new TreeMap<>());
      // Before it takes the first request.
      say(edge);
    }
  }

  void step() {
    now += random.nextInt(3);
    switch (random.nextInt(8)) {
      case 0, 1 -> receive(underWay.get(random.nextInt(EDGES)));
      case 2, 3 -> store(underWay.get(random.nextInt(EDGES)));
      case 4 -> say(random.nextInt(EDGES));
      case 5 -> normalize();
      case 6 -> sequence();
      default -> release();
    }
    if (random.nextBoolean()) {
      showOneTopic();
    }
  }

  /** Nothing new comes; what is under way ends. */
  void drain() {
    edgesStopped = true;
    underWay.forEach(
        edge -> {
          while (!edge.isEmpty()) {
            store(edge);
          }
        });
    for (int edge = 0; edge < EDGES; edge++) {
      say(edge);
    }
  }

  Instant now() {
    return Instant.ofEpochMilli(now);
  }

  private void receive(NavigableMap<Integer, Instant> edge) {
    if (!edgesStopped) {
      edge.put(requests++, now());
    }
  }

  private void store(NavigableMap<Integer, Instant> edge) {
    if (!edge.isEmpty()) {
      List<Map.Entry<Integer, Instant>> open = List.copyOf(edge.entrySet());
      Map.Entry<Integer, Instant> stored = open.get(random.nextInt(open.size()));
      edge.remove(stored.getKey());
      append("deliveries", stored.getValue());
      show("deliveries");
    }
  }

  private void say(int edge) {
    Instant until = underWay.get(edge).values().stream().min(Instant::compareTo).orElse(now());
    said.put("edge-" + edge, until);
  }

  private void normalize() {
    for (Instant arrival : take("normalize", "deliveries")) {
      append("events", arrival);
    }
  }

  private void sequence() {
    for (Instant arrival : take("records", "events")) {
      switch (random.nextInt(4)) {
        case 0 -> append("duplicates", arrival);
        case 1 -> waiting.add(arrival);
        case 2 -> append("merged", arrival);
        default -> append("ordered", arrival);
      }
    }
    for (Instant arrival : take("records", "merged")) {
      append(random.nextInt(MERGED_AGAIN) == 0 ? "merged" : "ordered", arrival);
    }
  }

  private void release() {
    if (!waiting.isEmpty()) {
      append("ordered", waiting.remove(random.nextInt(waiting.size())));
    }
  }

  /** Reads some of what is committed. */
  private List<Instant> take(String role, String topic) {
    int place = places.getOrDefault(role + topic, 0);
    int end = committed.getOrDefault(topic, 0);
    int to = place + (end > place ? random.nextInt(end - place + 1) : 0);
    places.put(role + topic, to);
    return List.copyOf(log(topic).subList(place, to));
  }

  private void append(String topic, Instant arrival) {
    log(topic).add(arrival);
  }

  private List<Instant> log(String topic) {
    return logs.computeIfAbsent(topic, added -> new ArrayList<>());
  }

  private void showOneTopic() {
    List<String> topics = List.copyOf(logs.keySet());
    if (!topics.isEmpty()) {
      show(topics.get(random.nextInt(topics.size())));
    }
  }

  private void show(String topic) {
    for (int i = committed.getOrDefault(topic, 0); i < log(topic).size(); i++) {
      seen.accept(topic, log(topic).get(i));
    }
    committed.put(topic, log(topic).size());
  }

  @Override
  public Map<String, Instant> edges() {
    return Map.copyOf(said);
  }

  @Override
  public EndOffsets ends(String topic) {
    return new EndOffsets(topic, Map.of(0, (long) log(topic).size()));
  }

  @Override
  public long left(String role, EndOffsets ends) {
    return Math.max(0, end(ends) - places.getOrDefault(role + ends.topic(), 0));
  }

  @Override
  public boolean isCommitted(EndOffsets ends) {
    return committed.getOrDefault(ends.topic(), 0) >= end(ends);
  }

  private static long end(EndOffsets ends) {
    return ends.offsets().getOrDefault(0, 0L);
  }

  @Override
  public Optional<Instant> oldest(Held held) {
    return waiting.stream().min(Instant::compareTo);
  }
}

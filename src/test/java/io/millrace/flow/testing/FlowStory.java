package io.millrace.flow.testing;

import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.flow.testing.FlowCluster.Sent;
import io.millrace.normalize.Normalized;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random events of some records and people, and the deliveries they come in: in disorder, several
 * at once, and some of them more often than once. Every kind of step finds something to do.
 */
final class FlowStory {
  private static final List<String> TYPES =
      List.of("lead", "lead", "lead", "contact", "deal", "account", "subscription", "payment");
  private static final List<String> CHANGES =
      List.of("created", "created", "updated", "updated", "status_changed", "deleted", "merged");
  private static final List<String> DEEDS =
      List.of(
          "page.viewed",
          "page.viewed",
          "page.viewed",
          "email.opened",
          "email.clicked",
          "form.submitted",
          "product.opened",
          "email.unsubscribed");

  private final long seed;
  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private final List<Sent<Delivery>> deliveries = new ArrayList<>();
  private final Instant start;

  /**
   * @param size how many events there are; with repetitions about a fifth more arrive
   * @param start when the first of them occurred
   */
  FlowStory(long seed, int size, Instant start) {
    this.seed = seed;
    this.random = new Random(seed);
    this.start = start;
    for (int index = 0; index < size; index++) {
      events.add(random.nextInt(5) < 3 ? recordEvent(index) : engagement(index));
    }
    deliver();
  }

  /** All of it in the past: what waits is due as soon as nothing more is to be read. */
  static FlowStory of(long seed, int size) {
    Instant hoursAgo = Instant.now().minus(Duration.ofHours(6)).truncatedTo(ChronoUnit.MINUTES);
    return new FlowStory(seed, size, hoursAgo);
  }

  long seed() {
    return seed;
  }

  int size() {
    return events.size();
  }

  Instant start() {
    return start;
  }

  List<Sent<Delivery>> deliveries() {
    return deliveries;
  }

  /** How many parts all deliveries have. */
  long parts() {
    return deliveries.stream().mapToLong(sent -> numbers(sent.value()).length).sum();
  }

  /** What a delivery says: the events its body names; one that is not there cannot be read. */
  List<Normalized> normalize(Delivery delivery, int partition, long offset) {
    int[] numbers = numbers(delivery);
    return IntStream.range(0, numbers.length)
        .mapToObj(
            index ->
                part(
                    delivery,
                    new Lineage(delivery.getDeliveryId(), partition, offset, index),
                    numbers[index]))
        .toList();
  }

  private Normalized part(Delivery delivery, Lineage lineage, int number) {
    Event event = events.get(number);
    return new Normalized.Event(
        Event.newBuilder(event)
            .setReceivedAt(delivery.getReceivedAt())
            .setMetadata(EventMetadata.newBuilder(event.getMetadata()).setLineage(lineage).build())
            .build());
  }

  private static int[] numbers(Delivery delivery) {
    String body = StandardCharsets.UTF_8.decode(delivery.getBody().duplicate()).toString();
    return Arrays.stream(body.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private Event recordEvent(int index) {
    String type = TYPES.get(random.nextInt(TYPES.size()));
    String change = CHANGES.get(random.nextInt(CHANGES.size()));
    String id = type.substring(0, 1) + random.nextInt(5);
    TestEvent event =
        TestEvent.of(type + "." + change, type + "/" + id)
            .id("r-" + index)
            .at(start.plusMillis(index * 500L + random.nextInt(2_000)).toEpochMilli())
            .data(random.nextBoolean() ? "status" : "owner", "v" + random.nextInt(4));
    if (change.equals("merged")) {
      event.data("merged_ids", type.substring(0, 1) + (5 + random.nextInt(3)));
    }
    if (random.nextInt(3) == 0) {
      event.previous("status", "v" + random.nextInt(4));
    }
    return event.build();
  }

  private Event engagement(int index) {
    String person = "person-" + random.nextInt(6) + "@example.com";
    Event event =
        EngagementEvents.event(
            person,
            "e-" + index,
            DEEDS.get(random.nextInt(DEEDS.size())),
            start.plusSeconds(index + (long) random.nextInt(200)),
            Map.of("path", random.nextBoolean() ? "/pricing" : "/blog"));
    return Event.newBuilder(event)
        .setPerson(new PersonIdentity(person, person, null, Map.of(), null, List.of(), List.of()))
        .build();
  }

  private void deliver() {
    List<Integer> order = new ArrayList<>();
    for (int number = 0; number < events.size(); number++) {
      order.add(Math.max(0, order.size() - random.nextInt(8)), number);
      if (random.nextInt(6) == 0) {
        order.add(random.nextInt(number + 1));
      }
    }
    int next = 0;
    while (next < order.size()) {
      int end = Math.min(order.size(), next + 1 + random.nextInt(3));
      deliver(order.subList(next, end));
      next = end;
    }
  }

  private void deliver(List<Integer> numbers) {
    Instant arrival = start.plus(Duration.ofHours(1)).plusMillis(deliveries.size() * 1_000L);
    String body = numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    Delivery delivery =
        Delivery.newBuilder()
            .setDeliveryId("d-" + deliveries.size())
            .setSource("tested")
            .setReceivedAt(arrival)
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/tested")
            .setHeaders(Map.of())
            .setBody(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("NONE")
            .build();
    // Spread over the partitions by hand: one source would fill one only.
    deliveries.add(
        new Sent<>(
            Optional.of(deliveries.size() % FlowCluster.PARTITIONS),
            delivery.getSource(),
            delivery,
            arrival.toEpochMilli()));
  }
}

package io.millrace.flow;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;

import io.millrace.event.Event;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.TestRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a campaign and a hot contact cost on the stores of production, in time and in bytes written:
 * run with {@code mvn -Pbench test -Dbench=HotKeysBench}.
 */
final class HotKeysBench {
  private static final int CAMPAIGN = 50_000;
  private static final int HOT = 10_000;
  private static final String ANN = "ann@example.com";

  @Test
  void campaignOfManyPeople() {
    measure("campaign, a person each", CAMPAIGN, i -> opened("p" + i + "@example.com", i));
  }

  @Test
  void campaignOfFewPeople() {
    measure("campaign, 20 people", CAMPAIGN, i -> opened("p" + i % 20 + "@example.com", i));
  }

  @Test
  void hotContact() {
    measure("hot contact, in order", HOT, HotKeysBench::visit);
  }

  @Test
  void hotContactOutOfOrder() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, HOT).boxed().toList());
    Collections.shuffle(order, new Random(1));
    measure("hot contact, shuffled", HOT, i -> visit(order.get(i)));
  }

  private static Event opened(String person, int number) {
    return event(person, "e" + number, "email.opened", NOON.plusMillis(number), Map.of());
  }

  /** Looks at the pricing page and uses the product in turn. */
  private static Event visit(int number) {
    Instant at = NOON.plusMillis(number * 6L);
    return number % 2 == 0
        ? pricingVisit(ANN, "visit-" + number, at)
        : event(ANN, "use-" + number, "product.opened", at, Map.of());
  }

  private static void measure(String what, int events, IntFunction<Event> event) {
    Map<String, Long> bytes = new TreeMap<>();
    long startedAt = System.nanoTime();
    long slowest = 0;
    try (EngagementFlow flow = new EngagementFlow(NOON, TestRules.real(), StoreKind.ROCKSDB)) {
      for (int i = 0; i < events; i++) {
        long began = System.nanoTime();
        flow.arrive(event.apply(i));
        slowest = Math.max(slowest, System.nanoTime() - began);
        if (i % 100 == 0) {
          flow.bytesWritten().forEach((topic, sum) -> bytes.merge(topic, sum, Long::sum));
        }
      }
      for (int second = 0; second < 180; second++) {
        flow.pass(Duration.ofSeconds(1));
      }
      flow.bytesWritten().forEach((topic, sum) -> bytes.merge(topic, sum, Long::sum));
    }
    long millis = (System.nanoTime() - startedAt) / 1_000_000;
    System.out.printf(
        "%n%s: %,d events in %,d ms, the slowest %,d ms%n",
        what, events, millis, slowest / 1_000_000);
    bytes.forEach(
        (topic, sum) ->
            System.out.printf("  %-50s %,15d bytes %,9d an event%n", topic, sum, sum / events));
  }
}

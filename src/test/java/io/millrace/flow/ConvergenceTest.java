package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Maps;
import io.millrace.event.Event;
import io.millrace.flow.naive.LastArrivalWins;
import io.millrace.flow.testing.Arrival;
import io.millrace.flow.testing.EngagementSubject;
import io.millrace.flow.testing.RecordsSubject;
import io.millrace.flow.testing.Shrinking;
import io.millrace.flow.testing.Subject;
import io.millrace.model.EventKeys;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The theorem of {@link io.millrace.flow}, tried on random streams against models that know one
 * sorted list and nothing else. What fails is shrunk to a few arrivals and printed with its seed.
 *
 * <p>{@code -Dproof.events=1000000} sends that many events, {@code -Dproof.seed=SEED} the same ones
 * again.
 */
class ConvergenceTest {
  private static final long EVENTS = Long.getLong("proof.events", 15_000);

  /** Every set of events comes in so many ways. */
  private static final int ORDERS = 2;

  @Test
  void recordsEndAsOneSortedListSays() {
    prove(new RecordsSubject());
  }

  @Test
  void engagementEndsAsOneSortedListSays() {
    prove(new EngagementSubject());
  }

  private static void prove(Subject subject) {
    long seed = Long.getLong("proof.seed", new Random().nextLong());
    long sent = 0;
    for (long story = seed; sent < EVENTS; story++) {
      Random random = new Random(story);
      List<Event> events = subject.events(random);
      NavigableMap<String, String> expected = subject.expected(events);
      for (int order = 0; order < ORDERS; order++) {
        List<Arrival> arrivals = Arrival.ofAll(events, random);
        sent += arrivals.size();
        NavigableMap<String, String> outcome = subject.outcome(arrivals);
        if (!outcome.equals(expected)) {
          throw new AssertionError(
              "-Dproof.seed=%d: %s".formatted(story, smallest(subject, arrivals)));
        }
      }
    }
    System.out.printf("%s: %d events, -Dproof.seed=%d%n", subject, sent, seed);
  }

  /** The fewest arrivals that end in something else than the model says, and both ends. */
  static String smallest(Subject subject, List<Arrival> failing) {
    Set<String> records =
        failing.stream().map(Arrival::event).map(EventKeys::record).collect(Collectors.toSet());
    List<String> needed =
        Shrinking.fewest(List.copyOf(records), some -> !converges(subject, onlyOf(failing, some)));
    List<Arrival> few =
        Shrinking.fewest(onlyOf(failing, needed), some -> !converges(subject, some));
    List<Arrival> plain =
        Shrinking.plainest(few, Arrival::atOnce, some -> !converges(subject, some));
    return plain.stream().map(Arrival::toString).collect(Collectors.joining("\n  ", "\n  ", "\n"))
        + Maps.difference(subject.expected(Arrival.events(plain)), subject.outcome(plain));
  }

  private static boolean converges(Subject subject, List<Arrival> arrivals) {
    return subject.outcome(arrivals).equals(subject.expected(Arrival.events(arrivals)));
  }

  private static List<Arrival> onlyOf(List<Arrival> arrivals, List<String> records) {
    return arrivals.stream()
        .filter(arrival -> records.contains(EventKeys.record(arrival.event())))
        .toList();
  }

  @Test
  void shrinksWhatDoesNotConvergeToTwoArrivals() {
    Subject lastToComeWins = new LastArrivalWins();
    Random random = new Random(1);
    List<Arrival> failing;
    do {
      failing = Arrival.ofAll(lastToComeWins.events(random), random);
    } while (converges(lastToComeWins, failing));

    assertThat(smallest(lastToComeWins, failing).lines().filter(line -> line.startsWith("  ")))
        .hasSize(2);
  }
}

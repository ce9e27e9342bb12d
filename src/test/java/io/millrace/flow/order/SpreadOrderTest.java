package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.record.Sequenced;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.RecordsSubject;
import io.millrace.flow.testing.Sequencer;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventKeys;
import io.millrace.model.EventOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The order of a source that spreads: its deliveries come out of two partitions that are read at
 * different speeds. What docs/ordering.md promises of it, tried on random streams. To repeat a
 * failure run with -Dseed=SEED.
 */
class SpreadOrderTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 60);
  private static final int PARTITIONS = 2;
  private static final long WINDOW = 2_000;
  private static final long START = RecordsFlow.START.toEpochMilli();

  /** Longer than an event waits for what it misses. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** A delivery of one event: where it stands, and when an edge received it. */
  private record Received(Event event, long at, int partition, long offset) {}

  /** A delivery that has come to role records at a time of the wall clock. */
  private record Arrived(Received received, long at, long streamTime) {
    String record() {
      return EventKeys.record(received.event());
    }

    String position() {
      return EventOrder.position(received.event());
    }
  }

  @Test
  void nothingIsLateThatReachesTheRoleWithinTheWindowOfALaterOnesArrivalAtTheEdge() {
    int late = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Run run = new Run("seed %d, round %d".formatted(seed, round));
      for (Delayed delayed : delayed(received(plain(100), 1_500), 6_000)) {
        run.sequencer.caughtUp(random.nextInt(3) > 0);
        run.arrive(delayed.received(), delayed.at());
      }
      run.end();
      for (Arrived one : run.late()) {
        late++;
        assertThat(run.before(one))
            .as("%s: %s is late behind one that was received a window ago", run.story, one)
            .anyMatch(other -> isLater(other, one) && other.received().at() + WINDOW <= one.at());
      }
    }
    assertThat(late).as("seed %d: some are late, or nothing was tried", seed).isPositive();
  }

  @Test
  void behindABacklogNothingIsLateWhileThePartitionsAreReadWithinTheWindowOfEachOther() {
    for (int round = 0; round < ROUNDS; round++) {
      Run run = new Run("seed %d, round %d".formatted(seed, round));
      run.sequencer.caughtUp(false);
      backlog(received(plain(100), 900), 1_000).forEach(run::arriveOutOfABacklog);
      run.end();

      assertThat(run.late()).as(run.story).isEmpty();
    }
  }

  @Test
  void behindABacklogWhatIsLateWasReadAWindowBehindTheOtherPartition() {
    int late = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long apart = 2_000L + random.nextInt(20_000);
      Run run = new Run("seed %d, round %d".formatted(seed, round));
      run.sequencer.caughtUp(false);
      backlog(received(plain(100), 900), apart).forEach(run::arriveOutOfABacklog);
      run.end();
      for (Arrived one : run.late()) {
        late++;
        assertThat(run.before(one))
            .as("%s: %s is late behind one the flow was a window past", run.story, one)
            .anyMatch(
                other -> isLater(other, one) && other.received().at() + WINDOW <= one.streamTime());
        assertThat(one.streamTime() - one.received().at()).as(run.story).isLessThanOrEqualTo(apart);
      }
    }
    assertThat(late).as("seed %d: some are late, or nothing was tried", seed).isPositive();
  }

  @Test
  void whatRecordsEndAsDoesNotDependOnThePaceOfThePartitions() {
    RecordsSubject subject = new RecordsSubject();
    for (int round = 0; round < Math.max(1, ROUNDS / 15); round++) {
      List<Event> events = subject.events(random);
      List<Delayed> delayed = delayed(withCopies(received(events, 3_000)), 600_000);
      try (RecordsFlow flow = new RecordsFlow()) {
        for (Delayed each : delayed) {
          flow.pass(Duration.ofMillis(Math.max(0, each.at() - flow.now().toEpochMilli())));
          flow.caughtUp(random.nextInt(3) > 0);
          flow.arrive(
              each.received().event(),
              Instant.ofEpochMilli(each.received().at()),
              each.received().partition(),
              each.received().offset());
        }
        flow.caughtUp(true);
        flow.pass(SETTLED);
        flow.pass(SETTLED);

        assertThat(RecordsSubject.outcome(flow))
            .as("seed %d, round %d", seed, round)
            .isEqualTo(subject.expected(events));
      }
    }
  }

  private static boolean isLater(Arrived other, Arrived one) {
    return other.record().equals(one.record()) && other.position().compareTo(one.position()) > 0;
  }

  /** Changes of a few records that prove nothing about what comes before them. */
  private List<Event> plain(int count) {
    List<Event> events = new ArrayList<>();
    long at = START;
    for (int i = 0; i < count; i++) {
      at += random.nextInt(600);
      events.add(
          TestEvent.of("deal.updated", "deal/D-" + random.nextInt(3))
              .id("e" + i)
              .at(at)
              .data("stage", "s" + random.nextInt(3))
              .build());
    }
    return events;
  }

  /**
   * As an edge takes them, each by chance into one of the partitions.
   *
   * @param overtaken by how many milliseconds at most a later one may come first
   */
  private List<Received> received(List<Event> events, int overtaken) {
    List<Received> received = new ArrayList<>();
    long[] offsets = new long[PARTITIONS];
    long clock = START;
    List<Map.Entry<Long, Event>> order = new ArrayList<>();
    for (Event event : events) {
      clock = Math.max(clock + random.nextInt(300), event.getOccurredAt().toEpochMilli());
      order.add(Map.entry(clock + random.nextInt(overtaken), event));
    }
    order.sort(Map.Entry.comparingByKey(Comparator.naturalOrder()));
    for (Map.Entry<Long, Event> each : order) {
      int partition = random.nextInt(PARTITIONS);
      received.add(new Received(stamped(each), each.getKey(), partition, offsets[partition]++));
    }
    return received;
  }

  private static Event stamped(Map.Entry<Long, Event> received) {
    return Event.newBuilder(received.getValue())
        .setReceivedAt(Instant.ofEpochMilli(received.getKey()))
        .build();
  }

  /** Senders come again, and the copy may be in the other partition, at any offset. */
  private List<Received> withCopies(List<Received> received) {
    List<Received> all = new ArrayList<>(received);
    for (Received one : received) {
      if (random.nextInt(8) == 0) {
        long at = one.at() + random.nextInt(60_000);
        all.add(new Received(one.event(), at, random.nextInt(PARTITIONS), one.offset()));
      }
    }
    all.sort(Comparator.comparingLong(Received::at));
    return all;
  }

  private record Delayed(Received received, long at) {}

  /** Each partition in its order, behind by some time that changes; in the order of arrival. */
  private List<Delayed> delayed(List<Received> received, int longestDelay) {
    List<Delayed> delayed = new ArrayList<>();
    long[] delays = new long[PARTITIONS];
    long[] last = new long[PARTITIONS];
    for (Received one : received) {
      int partition = one.partition();
      if (random.nextInt(20) == 0) {
        delays[partition] = random.nextInt(longestDelay);
      }
      last[partition] = Math.max(last[partition], one.at() + delays[partition]);
      delayed.add(new Delayed(one, last[partition]));
    }
    delayed.sort(Comparator.comparingLong(Delayed::at));
    return delayed;
  }

  /** In an order in which no partition is read further ahead of the other than so many millis. */
  private List<Received> backlog(List<Received> received, long apart) {
    List<Deque<Received>> waiting = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    received.forEach(one -> waiting.get(one.partition()).add(one));
    List<Received> order = new ArrayList<>();
    while (order.size() < received.size()) {
      Deque<Received> either = waiting.get(random.nextInt(PARTITIONS));
      long first =
          waiting.stream()
              .filter(queue -> !queue.isEmpty())
              .mapToLong(queue -> queue.getFirst().at())
              .min()
              .orElseThrow();
      // The lead lasts for a while, as that of a faster process does.
      while (!either.isEmpty() && either.getFirst().at() <= first + apart) {
        order.add(either.removeFirst());
      }
    }
    return order;
  }

  private static final class Run {
    final String story;
    final Sequencer sequencer;
    private final List<Arrived> arrived = new ArrayList<>();
    private long streamTime;

    Run(String story) {
      this.story = story;
      OrderingRule rule = new OrderingRule(Duration.ofMillis(WINDOW), Duration.ZERO, 999);
      sequencer = new Sequencer(new OrderingRules(rule, Map.of()), RecordsFlow.START);
    }

    /** Time passes until then, and the timer runs in between. */
    void arrive(Received received, long at) {
      while (sequencer.now() < at) {
        sequencer.pass(Math.min(200, at - sequencer.now()));
      }
      take(received);
    }

    /** Everything was received long ago. */
    void arriveOutOfABacklog(Received received) {
      sequencer.pass(arrived.isEmpty() ? Duration.ofHours(1).toMillis() : 1);
      take(received);
    }

    private void take(Received received) {
      arrived.add(new Arrived(received, sequencer.now(), streamTime));
      sequencer.arrive(received.event());
      streamTime = Math.max(streamTime, received.at());
    }

    void end() {
      sequencer.caughtUp(true);
      sequencer.pass(SETTLED.toMillis());
      sequencer.pass(SETTLED.toMillis());
      assertThat(sequencer.output()).as(story).hasSameSizeAs(arrived);
    }

    List<Arrived> before(Arrived one) {
      return arrived.subList(0, arrived.indexOf(one));
    }

    List<Arrived> late() {
      Set<String> late = new HashSet<>();
      sequencer.output().stream()
          .filter(Sequenced.Late.class::isInstance)
          .forEach(each -> late.add(each.event().getEventId()));
      return arrived.stream()
          .filter(each -> late.contains(each.received().event().getEventId()))
          .toList();
    }
  }
}

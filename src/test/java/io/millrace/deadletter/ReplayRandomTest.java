package io.millrace.deadletter;

import static io.millrace.audit.testing.TestDelivery.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditReport.Verdict;
import io.millrace.audit.testing.MemoryTopics;
import io.millrace.audit.testing.TestAudit;
import io.millrace.audit.testing.TestDelivery;
import io.millrace.audit.testing.WholeFlow;
import io.millrace.event.Delivery;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.flow.order.SourceWindows;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import io.millrace.normalize.Normalized;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * Random deliveries through the whole flow while a mapping is broken now and then, and replays of
 * what became dead letters: some by two people at once, some before the mapping is mended, some
 * weeks later. What the dry run says is what happens, and the audit finds nothing. To repeat a
 * failure run with -Dseed=SEED.
 */
final class ReplayRandomTest {
  private static final int STEPS = 160;
  private static final SourceWindows WINDOWS = source -> Duration.ofDays(3);

  private final Random random;
  private final String story;
  private final MemoryTopics topics;
  private final WholeFlow flow;
  private final List<Delivery> sent = new ArrayList<>();
  private boolean isBroken;
  private Instant now = NOON;

  ReplayRandomTest() {
    long seed = Long.getLong("seed", System.nanoTime());
    random = new Random(seed);
    story = "-Dseed=" + seed;
    flow = new WholeFlow(NOON, this::normalize);
    topics = flow.topics();
  }

  @Test
  void doesWhatTheDryRunSays_andDeliversNothingTwice() {
    run();
  }

  @Test
  void doesSoInAnotherHistory() {
    run();
  }

  private void run() {
    try (flow) {
      for (int step = 0; step < STEPS; step++) {
        now = now.plusSeconds(random.nextInt(24 * 3600));
        isBroken = random.nextInt(3) == 0;
        receive();
        flow.pass(Duration.ofMinutes(10));
        if (random.nextInt(8) == 0) {
          replay();
        }
      }
      isBroken = false;
      replay();
      replay();
    }
    AuditReport report = TestAudit.of(topics.copy());
    assertThat(report.counts()).as("%s: %s", story, report).isEmpty();
    assertThat(report.verdict()).as(story).isEqualTo(Verdict.BALANCED);
  }

  /** While it is broken, every second part is refused, and sometimes a delivery as a whole. */
  private List<Normalized> normalize(Delivery delivery, int partition, long offset) {
    List<Normalized> parts = TestAudit.NORMALIZER.normalize(delivery, partition, offset);
    if (!isBroken) {
      return parts;
    }
    var failure = DeadLetters.failed("normalize-deliveries", 0, new IllegalStateException());
    if (offset % 3 == 0) {
      return List.of(new Normalized.Refused(DeadLetters.of(delivery, partition, offset, failure)));
    }
    return parts.stream()
        .map(
            part ->
                part instanceof Normalized.Event made
                        && made.event().getMetadata().getLineage().getIndex() % 2 == 0
                    ? new Normalized.Refused(DeadLetters.of(made.event(), failure))
                    : part)
        .toList();
  }

  /** Something new, or the retry of a sender; at once or out of a spool. */
  private void receive() {
    Instant arrival = now.plus(Duration.ofMinutes(random.nextInt(61) - 30));
    int number = sent.size();
    Delivery delivery;
    if (number > 0 && random.nextInt(2) == 0) {
      Delivery earlier = sent.get(Math.max(0, number - 1 - random.nextInt(4)));
      delivery =
          Delivery.newBuilder(earlier).setDeliveryId("d-" + number).setReceivedAt(arrival).build();
    } else {
      String[] events = new String[1 + random.nextInt(3)];
      for (int index = 0; index < events.length; index++) {
        String id = number + "-" + index;
        String lead = "L-" + random.nextInt(4);
        events[index] =
            random.nextInt(3) == 0
                ? TestDelivery.click(id, lead + "@example.com", now)
                : TestDelivery.lead("lead.created", id, lead, now);
      }
      Instant spooled = arrival.minusSeconds(random.nextInt(3) == 0 ? random.nextInt(500_000) : 0);
      delivery = TestDelivery.of("d-" + number, spooled, events);
    }
    sent.add(delivery);
    flow.deliver(delivery);
    if (random.nextInt(10) == 0) {
      // The edge did not get the answer of Kafka and wrote it again.
      isBroken = random.nextBoolean();
      flow.deliver(delivery);
    }
  }

  private void replay() {
    List<Delivery> replays = new ArrayList<>();
    List<Normalized> parts = new ArrayList<>();
    List<List<Normalized>> partsOf = new ArrayList<>();
    List<Letter> letters =
        new DeadLetterIndex(topics.copy(), letter -> true, false)
            .look().stream()
                .filter(letter -> letter.obstacle().isEmpty() && random.nextInt(6) > 0)
                .toList();
    for (Letter letter : letters) {
      Lineage lineage = letter.letter().getLineage();
      Delivery original = topics.get(Topics.DELIVERIES_RECEIVED, (int) lineage.getOffset());
      Delivery replay = Replay.of(letter.letter(), original, now);
      long next = topics.size(Topics.DELIVERIES_RECEIVED);
      replays.add(replay);
      partsOf.add(TestAudit.NORMALIZER.normalize(replay, 0, next));
      parts.addAll(partsOf.getLast());
    }
    List<Preview> previews = Preview.of(parts, topics.copy(), WINDOWS);
    OldLetters old = new OldLetters(now, Duration.ofDays(90), WINDOWS);
    int first = 0;
    for (int number = 0; number < letters.size(); number++) {
      List<Preview> own = previews.subList(first, first + partsOf.get(number).size());
      first += own.size();
      if (old.obstacle(letters.get(number).letter(), own).isEmpty()) {
        replay(replays.get(number), own);
      }
    }
  }

  private void replay(Delivery replay, List<Preview> previews) {
    int offset = topics.size(Topics.DELIVERIES_RECEIVED);
    flow.deliver(replay);
    if (random.nextInt(4) == 0) {
      flow.deliver(replay);
    }
    flow.pass(Duration.ofMinutes(10));
    if (!isBroken) {
      assertThat(outcomes(offset))
          .as("%s: %s", story, replay)
          .isEqualTo(expected(offset, previews));
    }
  }

  private static Set<String> expected(int offset, List<Preview> previews) {
    Set<String> expected = new HashSet<>();
    for (Preview preview : previews) {
      switch (preview) {
        case Preview.Delivers delivers -> expected.add("delivered " + index(delivers.event()));
        case Preview.Duplicates copy -> expected.add("dropped " + index(copy.event()));
        case Preview.Fails fails -> expected.add("failed at " + offset);
        case Preview.ReportsNothing nothing -> expected.add("nothing");
      }
    }
    return expected;
  }

  private Set<String> outcomes(int offset) {
    Set<String> outcomes = new HashSet<>();
    add(outcomes, Topics.EVENTS_ORDERED, offset, "delivered ", ReplayRandomTest::lineage);
    add(outcomes, Topics.EVENTS_LATE, offset, "delivered ", ReplayRandomTest::lineage);
    add(outcomes, Topics.EVENTS_DUPLICATE, offset, "dropped ", DuplicateEvent::getLineage);
    return outcomes;
  }

  private <V extends SpecificRecord> void add(
      Set<String> outcomes, Topic<V> topic, int offset, String word, Function<V, Lineage> lineage) {
    for (int at = 0; at < topics.size(topic); at++) {
      Lineage place = lineage.apply(topics.get(topic, at));
      if (place.getOffset() == offset) {
        outcomes.add(word + place.getIndex());
      }
    }
  }

  private static int index(Event event) {
    return lineage(event).getIndex();
  }

  private static Lineage lineage(Event event) {
    return event.getMetadata().getLineage();
  }
}

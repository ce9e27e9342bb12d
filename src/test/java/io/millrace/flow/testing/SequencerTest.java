package io.millrace.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.order.OrderingRule;
import io.millrace.flow.order.OrderingRules;
import io.millrace.flow.order.SourceWindows;
import io.millrace.model.EventKeys;
import io.millrace.model.EventOrder;
import io.millrace.model.SortableText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What takes very many events, a restart in between, or state of an older version. */
class SequencerTest {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final OrderingRule LEADS =
      new OrderingRule(Duration.ofSeconds(2), Duration.ofMinutes(5), 1_000_000);
  private static final long START = RecordsFlow.START.toEpochMilli();

  private Sequencer sequencer = sequencer(LEADS, 1_000_000);
  private long offset;

  @Test
  void eventsWaitAsLongAsTheirOwnSourceSays() {
    OrderingRules rules =
        new OrderingRules(new OrderingRule(Duration.ofSeconds(2), Duration.ZERO, 100), Map.of());
    sequencer = new Sequencer(rules, new SlowSource(), RecordsFlow.START);
    sequencer.arrive(charged("P-1", "slow", "later", 20));
    sequencer.arrive(charged("P-2", "quick", "quick", 20));

    sequencer.pass(6_000);
    assertThat(sequencer.orderedIds()).containsExactly("quick");

    sequencer.arrive(charged("P-1", "slow", "earlier", 10));
    sequencer.pass(70_000);
    assertThat(sequencer.orderedIds()).containsExactly("quick", "earlier", "later");
  }

  private Event charged(String payment, String source, String id, long at) {
    return TestEvent.of("payment.charged", "payment/" + payment)
        .source(source)
        .id(id)
        .at(at)
        .received(sequencer.now())
        .build();
  }

  /** One source sends a minute out of order, all others as the rules reckon. */
  private static final class SlowSource implements SourceWindows {
    @Override
    public Duration dedupe(String source) {
      return Duration.ofDays(3);
    }

    @Override
    public Optional<Duration> reorder(String source) {
      return source.equals("slow") ? Optional.of(Duration.ofMinutes(1)) : Optional.empty();
    }
  }

  @Test
  void costOfAnEventDoesNotGrowWithHowManyWait() {
    holdUnknown(0, 1_000);
    sequencer.pass(2_000);
    long few = costOf(() -> holdUnknown(1_000, 1_000));
    holdUnknown(2_000, 100_000);
    lookAtAllThatIsRipe();
    long many = costOf(() -> holdUnknown(200_000, 1_000));

    assertThat(sequencer.output().size()).isZero();
    assertThat(sequencer.waitingGauge()).isEqualTo(103_000);
    assertThat(many).isLessThanOrEqualTo(few);
    assertThat(costOf(() -> sequencer.pass(200))).as("a poll finds nothing due").isLessThan(3);

    // A run of the timer takes a thousand at most, so that the partition is not stopped for long.
    for (int poll = 0; poll < 130; poll++) {
      sequencer.pass(MINUTE);
    }
    assertThat(sequencer.output().size()).isEqualTo(103_000);
    assertThat(sequencer.waitingGauge()).isZero();
    assertThat(sequencer.waiting.rows()).isEmpty();
  }

  @Test
  void boundOverAllLetsThoseGoThatAreDueFirst_andLosesNothing() {
    sequencer = sequencer(LEADS, 10_000);
    holdUnknown(0, 30_000);

    assertThat(sequencer.waitingGauge()).isEqualTo(10_000);
    assertThat(sequencer.waiting.rows()).hasSize(10_000);
    assertThat(sequencer.orderedIds())
        .isEqualTo(IntStream.range(0, 20_000).mapToObj(i -> "e" + i).toList());
    assertThat(sequencer.ordered()).allMatch(event -> event.getMetadata().getOrphan());
    assertThat(sequencer.counted("millrace.waiting.overflows", "bound", "maxWaiting"))
        .isEqualTo(20_000);
    assertThat(costOf(() -> holdUnknown(200_000, 1_000)))
        .as("rows read for an event that another one makes room for")
        .isLessThan(20_000);
  }

  @Test
  void eventThatMakesRoomTakesItsPredecessorsWithIt() {
    sequencer = sequencer(LEADS, 3);
    arrive(update("lead/L-1", 30));
    arrive(update("lead/L-1", 20));
    arrive(update("lead/L-2", 10));
    assertThat(sequencer.orderedIds()).isEmpty();

    arrive(update("lead/L-2", 11));

    assertThat(sequencer.orderedIds()).containsExactly("lead/L-1@20", "lead/L-1@30");
    assertThat(sequencer.waitingGauge()).isEqualTo(2);
  }

  @Test
  void oneRecordWithTensOfThousandsOfWaitingEventsCostsNoMoreThanManyRecords() {
    for (int i = 20_000; i > 0; i--) {
      arrive(update("lead/L-1", i));
    }
    long many = costOf(() -> arrive(update("lead/L-1", 60_000)));

    assertThat(many).isLessThan(20);
    lookAtAllThatIsRipe();
    arrive(TestEvent.of("lead.created", "lead/L-1").id("created"));

    assertThat(sequencer.output().size()).isEqualTo(20_002);
    assertThat(sequencer.ordered().stream().map(EventOrder::position)).isSorted();
  }

  @Test
  void whatWaitsSurvivesARestart_andIsCountedOnce() {
    arrive(update("lead/L-1", 30));
    arrive(update("lead/L-1", 20));
    arrive(update("lead/L-2", 20));
    sequencer.pass(3_000);

    sequencer.restart();

    assertThat(sequencer.waitingGauge()).isEqualTo(3);
    arrive(TestEvent.of("lead.created", "lead/L-1").id("created"));
    assertThat(sequencer.orderedIds()).containsExactly("created", "lead/L-1@20", "lead/L-1@30");
    sequencer.pass(5 * MINUTE);
    assertThat(sequencer.orderedIds()).last().isEqualTo("lead/L-2@20");
    assertThat(sequencer.waitingGauge()).isZero();
  }

  @Test
  void backlogAfterAnOutageIsReadBeforeAnybodyGivesUp() {
    arrive(update("lead/L-1", 20));
    sequencer.pass(3_000);

    sequencer.caughtUp(false);
    sequencer.restart();
    sequencer.pass(600 * MINUTE);
    arriveAt(START + MINUTE, TestEvent.of("lead.created", "lead/L-2").id("other"));
    sequencer.pass(MINUTE);
    assertThat(sequencer.orderedIds()).as("hours later, the answer not yet read").hasSize(1);

    arriveAt(START + 4 * MINUTE, TestEvent.of("lead.created", "lead/L-1").id("created"));

    assertThat(sequencer.orderedIds()).containsExactly("other", "created", "lead/L-1@20");
    assertThat(sequencer.ordered()).noneMatch(event -> event.getMetadata().getOrphan());
  }

  @Test
  void givesUpByTheTimeOfTheBacklog() {
    arrive(update("lead/L-1", 20));
    sequencer.caughtUp(false);
    sequencer.restart();
    sequencer.pass(600 * MINUTE);

    arriveAt(START + 5 * MINUTE, TestEvent.of("lead.created", "lead/L-2").id("other"));

    assertThat(sequencer.orderedIds()).containsExactly("other", "lead/L-1@20");
  }

  @Test
  void finishesWhatAnOlderVersionHeld() {
    heldByAnOlderVersion(update("lead/L-1", 30), START + 5 * MINUTE);
    heldByAnOlderVersion(update("lead/L-1", 20), START + 5 * MINUTE);
    heldByAnOlderVersion(update("lead/L-2", 20), START + 5 * MINUTE);
    sequencer.orders.put("lead/L-1", new RecordOrder("", null, 2, Map.of()));
    sequencer.orders.put("lead/L-2", new RecordOrder("", null, 1, Map.of()));
    sequencer.restart();
    assertThat(sequencer.waitingGauge()).isEqualTo(3);

    sequencer.pass(3_000);
    arrive(TestEvent.of("lead.created", "lead/L-1").id("created"));
    assertThat(sequencer.orderedIds()).containsExactly("created", "lead/L-1@20", "lead/L-1@30");
    assertThat(sequencer.waitingGauge()).isEqualTo(1);

    sequencer.pass(5 * MINUTE);
    assertThat(sequencer.orderedIds()).last().isEqualTo("lead/L-2@20");
    assertThat(sequencer.waiting.rows()).isEmpty();
  }

  @Test
  void markThatAnOlderVersionLeftInTheFutureMakesNothingLate() {
    long year2500 = Instant.parse("2500-01-01T00:00:00Z").toEpochMilli();
    Event absurd = update("lead/L-1", year2500).received(year2500).build();
    sequencer.orders.put("lead/L-1", new RecordOrder(EventOrder.position(absurd), 7L, 0, Map.of()));

    arrive(update("lead/L-1", 20));
    arrive(update("lead/L-1", 10));
    sequencer.pass(3_000);

    assertThat(sequencer.orderedIds()).containsExactly("lead/L-1@10", "lead/L-1@20");
    assertThat(sequencer.ordered()).noneMatch(event -> event.getMetadata().getOrphan());
  }

  @Test
  void whatWaitsGoesThoughItsRecordIsNotKnown() {
    arrive(update("lead/L-1", 20));
    sequencer.orders.rows().clear();
    sequencer.restart();

    sequencer.pass(3_000);
    sequencer.pass(5 * MINUTE);

    assertThat(sequencer.orderedIds()).containsExactly("lead/L-1@20");
    assertThat(sequencer.waitingGauge()).isZero();
  }

  @Test
  void recordsOfOneDeliveryKeepItsOrder() {
    List<String> records = List.of("payment/Z", "payment/A", "payment/M", "payment/A", "payment/B");
    for (int index = 0; index < records.size(); index++) {
      String record = records.get(index);
      // The later an element stands, the longer ago it says it happened, but for the same record.
      long at = record.equals("payment/A") ? 5 : 100 - index;
      sequencer.arrive(
          TestEvent.of("payment.updated", record)
              .id("element-" + index)
              .at(at)
              .received(START)
              .offset(7)
              .index(index)
              .build());
    }
    sequencer.pass(3_000);

    assertThat(sequencer.orderedIds())
        .containsExactly("element-0", "element-1", "element-2", "element-3", "element-4");
  }

  private void holdUnknown(int from, int count) {
    for (int i = from; i < from + count; i++) {
      arrive(TestEvent.of("lead.updated", "lead/L-" + i).id("e" + i).at(10));
    }
  }

  private long costOf(Runnable action) {
    long before = sequencer.rowsRead();
    action.run();
    return sequencer.rowsRead() - before;
  }

  /** The timer runs often enough to look at everything that is ripe, a thousand at a time. */
  private void lookAtAllThatIsRipe() {
    for (int poll = 0; poll < 150; poll++) {
      sequencer.pass(100);
    }
  }

  private void arrive(TestEvent event) {
    arriveAt(sequencer.now(), event);
  }

  private void arriveAt(long time, TestEvent event) {
    sequencer.arrive(event.received(time).offset(offset++).build());
  }

  private void heldByAnOlderVersion(TestEvent built, long dueAt) {
    Event event = built.received(START).build();
    String key = SortableText.escaped(EventKeys.record(event)) + '\0' + EventOrder.position(event);
    sequencer.waiting.put(
        key, new WaitingEvent(event, Instant.ofEpochMilli(START), Instant.ofEpochMilli(dueAt)));
  }

  private static TestEvent update(String record, long at) {
    return TestEvent.of("lead.updated", record).id(record + "@" + at).at(at);
  }

  private static Sequencer sequencer(OrderingRule leads, int maxWaiting) {
    OrderingRule others = new OrderingRule(Duration.ofSeconds(2), Duration.ZERO, 10);
    return new Sequencer(
        new OrderingRules(others, Map.of("lead", leads), maxWaiting), RecordsFlow.START);
  }
}

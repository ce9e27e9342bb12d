package io.millrace.flow.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

final class StepClockTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final MockProcessorContext<String, SpecificRecord> context =
      new MockProcessorContext<>(new Properties(), new TaskId(0, 3), new File("target"));
  private final Reading reading = new Reading();
  private long wall = START;
  private final StepClock clock;

  StepClockTest() {
    context.setCurrentSystemTimeMs(wall);
    context.setCurrentStreamTimeMs(-1);
    clock = StepClock.ofRecords(context, reading);
  }

  @Test
  void isStreamTimeWhileRecordsArrive() {
    arrive(START - 5_000);
    pass(999);

    assertThat(clock.now()).isEqualTo(START - 5_000);
  }

  @Test
  void goesOnOnceNothingHasArrivedForASecond() {
    arrive(START);
    pass(1_000);

    assertThat(clock.now()).isEqualTo(START + 1_000);
  }

  @Test
  void standsStillWhileOneTopicOfTheTaskIsNotRead() {
    for (String topic : List.of("record-events", "records-merged", "record-histories")) {
      reading.unread.add(topic);
      arrive(START);
      pass(10 * MINUTE);
      assertThat(clock.now()).as(topic).isEqualTo(START);
      reading.unread.clear();
    }
    pass(1);
    assertThat(clock.now()).isGreaterThan(START);
  }

  /** The time of the edges goes on at its own pace, however far behind this machine's it is. */
  @Test
  void aQuietSecondTakesNothingFromWaitsWhenEdgesAreBehind() {
    arrive(START - 10 * MINUTE);
    pass(5_000);
    assertThat(clock.now()).isEqualTo(START - 10 * MINUTE + 5_000);

    pass(1_000);
    arrive(wall - 10 * MINUTE);
    long arrived = clock.now();
    for (int second = 0; second < 3; second++) {
      pass(500);
      arrive(wall - 10 * MINUTE);
    }
    assertThat(clock.now()).isEqualTo(arrived + 1_500);
  }

  @Test
  void anEdgeThatIsAheadDoesNotAdvanceIt() {
    arrive(START + 10 * MINUTE);
    assertThat(clock.now()).isEqualTo(START);
    pass(5_000);
    assertThat(clock.now()).isEqualTo(START + 5_000);
  }

  @Test
  void isTheWallClockBeforeTheFirstRecord() {
    pass(2_000);
    assertThat(clock.now()).isEqualTo(wall);
  }

  @Test
  void standsStillWhileDeliveriesWaitToBeNormalized() {
    arrive(START);
    reading.normalizedThrough = START + 3_000;
    pass(6 * MINUTE);
    assertThat(clock.now()).isEqualTo(START + 3_000);
    reading.normalizedThrough = wall;
    assertThat(clock.now()).isEqualTo(START + 6 * MINUTE);
  }

  @Test
  void todayIncludesTheTimeForWhichTheFlowDidNotRun() {
    context.setCurrentStreamTimeMs(START - Duration.ofDays(40).toMillis());
    assertThat(clock.today()).isEqualTo(START - Duration.ofDays(40).toMillis());
    pass(2_000);
    assertThat(clock.today()).isEqualTo(wall);
  }

  private void arrive(long timestamp) {
    context.setCurrentStreamTimeMs(Math.max(timestamp, context.currentStreamTimeMs()));
    clock.recordArrived();
  }

  private void pass(long millis) {
    wall += millis;
    context.setCurrentSystemTimeMs(wall);
  }

  /** Everything is read, except what is not. */
  private static final class Reading implements CaughtUp {
    private final Set<String> unread = new HashSet<>();
    private long normalizedThrough = UNKNOWN;

    @Override
    public boolean isCaughtUp(List<String> topics, int partition) {
      assertThat(partition).isEqualTo(3);
      return topics.stream().noneMatch(unread::contains);
    }

    @Override
    public long normalizedThrough() {
      return normalizedThrough;
    }
  }
}

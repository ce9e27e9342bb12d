package io.millrace.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Against a server of one connection, on a clock that is moved by hand. */
class OpenLoopTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  @Test
  void arrivesAtTheRateOnAverage() {
    OpenLoop arrivals = new OpenLoop(1_000, 0, 100 * SECOND, 7);
    int count = 0;
    while (arrivals.take(100 * SECOND).isPresent()) {
      count++;
    }

    assertThat((double) count).isCloseTo(100_000, within(1_500.0));
    assertThat(arrivals.isOver()).isTrue();
  }

  @Test
  void takesNothingBeforeItIsDue() {
    OpenLoop arrivals = new OpenLoop(10, 0, SECOND, 7);
    long due = arrivals.nanosToNext(0);

    assertThat(arrivals.take(due - 1)).isEmpty();
    assertThat(arrivals.take(due)).hasValue(due);
    assertThat(arrivals.nanosToNext(due)).isPositive();
  }

  @Test
  void whatWaitsWhileTheServerStandsStillIsCounted() {
    OpenLoop arrivals = new OpenLoop(100, 0, 10 * SECOND, 7);

    serve(arrivals, SECOND, 2 * SECOND);

    // One request in ten arrived in the second nothing was answered in; a sender that waits for
    // each answer would have counted one slow request in nine hundred.
    assertThat(arrivals.answered()).isBetween(900L, 1_100L);
    assertThat(arrivals.millis(50)).isLessThan(20);
    assertThat(arrivals.millis(95)).isBetween(300.0, 800.0);
    assertThat(arrivals.millis(99)).isBetween(700.0, 1_100.0);
  }

  @Test
  void withoutADelayLatencyIsTheServersOwn() {
    OpenLoop arrivals = new OpenLoop(10, 0, 100 * SECOND, 7);

    serve(arrivals, 0, 0);

    assertThat(arrivals.millis(50)).isCloseTo(1, within(0.01));
  }

  /** Answers each in a millisecond, one after the other, but nothing within the pause. */
  private static void serve(OpenLoop arrivals, long pauseBegin, long pauseEnd) {
    long now = 0;
    while (!arrivals.isOver()) {
      now += arrivals.nanosToNext(now);
      if (now >= pauseBegin && now < pauseEnd) {
        now = pauseEnd;
      }
      OptionalLong intended = arrivals.take(now);
      if (intended.isPresent()) {
        now += MILLISECOND;
        arrivals.answered(intended.getAsLong(), now);
      }
    }
  }
}

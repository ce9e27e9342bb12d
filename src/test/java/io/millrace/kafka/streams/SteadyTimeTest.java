package io.millrace.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SteadyTimeTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private long wall = 10 * HOUR;
  private final SteadyTime time = new SteadyTime(() -> wall);

  @Test
  void isTheWallClockWhileThatRunsForward() {
    wall += 7;
    assertThat(time.milliseconds()).isEqualTo(wall);
    wall += HOUR;
    assertThat(time.milliseconds()).isEqualTo(wall);
  }

  @Test
  void goesOnWhenTheWallClockIsSetBack() {
    long before = time.milliseconds();
    wall -= HOUR;
    assertThat(time.milliseconds()).isEqualTo(before);
    wall += 500;
    assertThat(time.milliseconds()).isEqualTo(before + 500);
    wall -= HOUR;
    assertThat(time.milliseconds()).isEqualTo(before + 500);
    wall += 500;
    assertThat(time.milliseconds()).isEqualTo(before + 1_000);
  }

  @Test
  void isTheWallClockAgainOnceThatHasCaughtUp() {
    wall -= HOUR;
    time.milliseconds();
    wall += 2 * HOUR;
    assertThat(time.milliseconds()).isEqualTo(wall);
    wall += 1;
    assertThat(time.milliseconds()).isEqualTo(wall);
  }

  @Test
  void neverRunsBackwardsAndNeverStandsStillForLong() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long before = time.milliseconds();
    for (int i = 0; i < 10_000; i++) {
      int step = random.nextInt(1_000);
      boolean isSet = random.nextInt(10) == 0;
      wall += isSet ? random.nextLong(-HOUR, HOUR) : step;
      long now = time.milliseconds();
      assertThat(now).as("seed " + seed).isGreaterThanOrEqualTo(isSet ? before : before + step);
      before = now;
    }
  }
}

package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.step.CaughtUp;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class NormalizeProgressTest {
  private final Map<Integer, Long> ends = new HashMap<>(Map.of(0, 0L, 1, 0L));
  private final Map<Integer, Long> normalized = new HashMap<>(Map.of(0, 0L, 1, 0L));
  private boolean isAway;
  private long now = 1_000;
  private long reported;
  private final NormalizeProgress progress =
      new NormalizeProgress(
          this::ends, this::isNormalizedUpTo, () -> now, moment -> reported = moment);

  private boolean isNormalizedUpTo(Map<Integer, Long> wanted) {
    return wanted.keySet().stream().allMatch(each -> at(normalized, each) >= at(wanted, each));
  }

  private static long at(Map<Integer, Long> offsets, int partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  @Test
  void everythingIsNormalizedWhereThereAreNoDeliveries() {
    look();
    long first = look();
    assertThat(first).isEqualTo(1_001);
    assertThat(look()).isEqualTo(1_002);
  }

  @Test
  void standsStillWhileOnePartitionIsBehind() {
    look();
    look();
    ends.put(1, 5L);
    long behind = now + 1;
    look();
    for (int i = 0; i < 100; i++) {
      assertThat(look()).isLessThan(behind);
    }

    normalized.put(1, 5L);
    look();
    assertThat(look()).isEqualTo(behind);
    look();
    assertThat(look()).isGreaterThan(behind);
  }

  @Test
  void isUnknownWhileTheClusterIsAway() {
    look();
    look();
    isAway = true;
    assertThat(look()).isEqualTo(CaughtUp.UNKNOWN);

    isAway = false;
    assertThat(look()).as("nothing is proved yet").isLessThan(0);
    assertThat(look()).isEqualTo(now - 1);
  }

  @Test
  void neverReportsAMomentWithDeliveriesThatAreNotNormalized() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeMap<Long, Map<Integer, Long>> history = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      int partition = random.nextInt(2);
      switch (random.nextInt(4)) {
        case 0 -> ends.merge(partition, (long) random.nextInt(5), Long::sum);
        case 1 ->
            normalized.merge(
                partition,
                random.nextLong(at(ends, partition) - at(normalized, partition) + 1),
                Long::sum);
        default -> look();
      }
      now++;
      history.put(now, Map.copyOf(ends));
      if (reported > 1_001) {
        Map<Integer, Long> then = history.getOrDefault(reported - 1, Map.of());
        assertThat(then).as("seed " + seed).hasSize(2);
        assertThat(isNormalizedUpTo(then)).as("seed " + seed).isTrue();
      }
    }
    assertThat(reported).isGreaterThan(now - 2_000);
  }

  private long look() {
    now++;
    progress.look();
    return reported;
  }

  private Map<Integer, Long> ends() {
    if (isAway) {
      throw new TimeoutException("no answer");
    }
    return Map.copyOf(ends);
  }
}

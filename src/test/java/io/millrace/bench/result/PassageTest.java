package io.millrace.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.result.Passage.Sample;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassageTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void tellsTheWarmPartApartFromTheWhole() {
    Passage passage = new Passage(1_000);
    passage.add(sample(0, 2_000, 0));
    passage.add(sample(10, 4_000, 0.2));
    passage.add(sample(12, 5_000, 0.4));
    passage.add(sample(18, 5_600, 1));

    assertThat(passage.rate()).isCloseTo(100, within(1e-6));
    assertThat(passage.cpuMicros().orElseThrow()).isCloseTo(1_000, within(1e-6));
    assertThat(passage.cpuMicrosFromTheStart().orElseThrow()).isCloseTo(5_600, within(1e-6));
    assertThat(passage.seconds()).isCloseTo(18, within(1e-6));
  }

  @Test
  void takesAllOfALoadThatIsThroughAtOnce() {
    Passage passage = new Passage(1_000);
    passage.add(sample(0, 500, 0));
    passage.add(sample(3, 700, 0));
    passage.add(sample(5, 1_700, 1));

    assertThat(passage.rate()).isCloseTo(500, within(1e-6));
    assertThat(passage.cpuMicros().orElseThrow()).isCloseTo(1_000, within(1e-6));
  }

  @Test
  void hasNoCpuWhereTheSystemDoesNotTell() {
    Passage passage = new Passage(10);
    passage.add(new Sample(0, Optional.empty(), 0));
    passage.add(new Sample(SECOND, Optional.empty(), 1));

    assertThat(passage.cpuMicros()).isEmpty();
    assertThat(passage.cpuMicrosFromTheStart()).isEmpty();
    assertThat(passage.rate()).isCloseTo(10, within(1e-6));
  }

  private static Sample sample(long second, long cpuMillis, double share) {
    return new Sample(second * SECOND, Optional.of(Duration.ofMillis(cpuMillis)), share);
  }
}

package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StoreMemoryTest {
  private static final long MB = 1L << 20;

  @Test
  void isEnoughForWhatItNamesItself() {
    for (long instances = 1; instances < 20_000; instances = instances * 3 / 2 + 1) {
      StoreMemory least = new StoreMemory(StoreMemory.leastFor(instances));

      assertThat(least.tooLittleFor(instances)).isEmpty();
      assertThat(least.forWrites())
          .as("each of %d gathers four blocks before it is flushed", instances)
          .isGreaterThanOrEqualTo(instances * StoreMemory.LEAST_WRITTEN_BYTES - 2);
    }
  }

  @Test
  void namesTheNumberThatWouldDo() {
    StoreMemory small = new StoreMemory(64 * MB);

    assertThat(small.tooLittleFor(138).orElse(""))
        .contains("64 MB", "138 state stores", "stream.state.memory", "78 MB");
  }

  @Test
  void refusesABoundNoStoreCouldLiveIn() {
    assertThatThrownBy(() -> new StoreMemory(MB)).hasMessageContaining("16 MB");
  }
}

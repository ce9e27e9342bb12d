package io.millrace.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StoreMemoryTest {
  private static final long MB = 1L << 20;

  @Test
  void allStoresTogetherStayWithinTheShareForWrites() {
    for (long instances = 1; instances < 20_000; instances = instances * 3 / 2 + 1) {
      StoreMemory least = StoreMemory.of(StoreMemory.leastFor(instances)).sharedBy(instances);

      assertThat(least.tooLittle()).isEmpty();
      assertThat(instances * least.writeBuffer())
          .as("%d instances, each full", instances)
          .isLessThanOrEqualTo(least.forWrites());
    }
  }

  @Test
  void storesGetLargerBuffersWithMoreMemory() {
    assertThat(StoreMemory.of(384 * MB).sharedBy(100).writeBuffer()).isBetween(2 * MB, 3 * MB);
    assertThat(StoreMemory.of(4096 * MB).sharedBy(100).writeBuffer()).isEqualTo(8 * MB);
  }

  @Test
  void namesTheNumberThatWouldDo() {
    assertThat(StoreMemory.of(64 * MB).sharedBy(138).tooLittle().orElse(""))
        .contains("64 MB", "138 state stores", "stream.state.memory", "130 MB");
  }

  @Test
  void refusesABoundNoStoreCouldLiveIn() {
    assertThatThrownBy(() -> StoreMemory.of(MB)).hasMessageContaining("16 MB");
    assertThatThrownBy(() -> StoreMemory.DEFAULT.sharedBy(0)).hasMessageContaining("0 stores");
  }
}

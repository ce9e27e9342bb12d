package io.millrace.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The compact memory of the audit, against the collections it stands in for. */
class ColumnsTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void aColumnIsAList() {
    LongColumn column = new LongColumn();
    List<Long> list = new ArrayList<>();
    long value = 0;
    for (int index = 0; index < 100_000; index++) {
      value += 1 + random.nextInt(3);
      column.add(value);
      list.add(value);
    }
    for (int index = 0; index < 100_000; index += 7) {
      assertThat(column.get(index)).as("seed %d", seed).isEqualTo(list.get(index));
      assertThat(column.floor(list.get(index))).as("seed %d", seed).isEqualTo(index);
    }
    assertThat(column.floor(0)).isEqualTo(-1);
    assertThat(column.floor(Long.MAX_VALUE)).isEqualTo(99_999);
  }

  @Test
  void aMapIsAMap() {
    LongMap map = new LongMap();
    Map<Long, Long> expected = new HashMap<>();
    for (int step = 0; step < 100_000; step++) {
      long key = random.nextInt(20_000) - 10_000L;
      Long before = expected.put(key, (long) step);
      assertThat(map.put(key, step))
          .as("seed %d", seed)
          .isEqualTo(before == null ? LongMap.NONE : before);
    }
    assertThat(map.size()).isEqualTo(expected.size());
    expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
    assertThat(map.get(Long.MAX_VALUE)).isEqualTo(LongMap.NONE);
  }

  @Test
  void aPositionKeepsItsTopicPartitionAndOffset() {
    for (Outcome outcome : Outcome.values()) {
      long position = Position.of(outcome, 65_535, 17_000_000_000_000L);

      assertThat(Position.outcome(position)).isEqualTo(outcome);
      assertThat(Position.place(position))
          .isEqualTo(new Place(outcome.topic().name(), 65_535, 17_000_000_000_000L));
    }
    assertThat(Position.place(Position.ofDelivery(3, 9))).hasToString("deliveries-received-3@9");
  }
}

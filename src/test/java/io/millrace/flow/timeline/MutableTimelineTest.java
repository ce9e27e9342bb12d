package io.millrace.flow.timeline;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.UsageMemory;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.testing.MapStore;
import io.millrace.flow.usage.UsageRows;
import io.millrace.kafka.topic.TrustedTypes;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A timeline is the same whether it lies in one row or is spread over many. */
final class MutableTimelineTest {
  static {
    TrustedTypes.declare();
  }

  private static final List<String> NAMES = List.of("a", "a b", "a%", "ü", "z", "a/1:b", "@", "#");
  private static final List<String> IDENTIFIERS = List.of("", "b2", "b", "é x");

  @Test
  void isTheSameInOneRowAndInMany() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int round = 0; round < 300; round++) {
      Random random = new Random(seed + round);
      MapStore<UsageMemory> store = new MapStore<>("any");
      MarkRows<UsageMemory> rows = UsageRows.rows(store, RuleKey.of("rule", "ann"));
      // Another person's, whose key goes on, must never be seen.
      UsageRows.rows(store, RuleKey.of("rule", "ann@")).add(mark(random), 9);
      MarkList list = new MarkList();
      for (int step = 0; step < 60; step++) {
        Mark mark = mark(random);
        String as = "-Dseed=%d, step %d".formatted(seed + round, step);
        if (!list.knows(mark)) {
          rows.add(mark, step);
          list.add(mark, step);
        } else if (random.nextBoolean()) {
          list.rows().stream()
              .map(row -> row.mark())
              .filter(known -> known.eventId().equals(mark.eventId()))
              .filter(known -> known.identifier().equals(mark.identifier()))
              .findFirst()
              .ifPresent(
                  known -> {
                    rows.remove(known);
                    list.remove(known);
                  });
        }
        Mark from = random.nextInt(4) == 0 ? Mark.EARLIEST : mark(random);
        Instant since = NOON.plusSeconds(random.nextInt(20) - 5);
        int most = random.nextInt(6);
        assertThat(list.before(from, since, most)).as(as).isEqualTo(rows.before(from, since, most));
        assertThat(list.after(from, most)).as(as).isEqualTo(rows.after(from, most));
        assertThat(list.knows(from)).as(as).isEqualTo(rows.knows(from));
      }
    }
  }

  private static Mark mark(Random random) {
    return new Mark(
        NOON.plusSeconds(random.nextInt(15)),
        NAMES.get(random.nextInt(NAMES.size())) + random.nextInt(3),
        IDENTIFIERS.get(random.nextInt(IDENTIFIERS.size())));
  }
}

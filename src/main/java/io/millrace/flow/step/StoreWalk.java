package io.millrace.flow.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Visits every row of a store repeatedly, a few at a time, to remove expired rows. It needs no
 * index, so nothing extra is written per row; in exchange, rows are removed some hours late in a
 * store with millions. After a start it begins with the first row.
 */
public final class StoreWalk<V> {
  public static final Duration EVERY = Duration.ofSeconds(10);

  /**
   * With a million rows, each is visited every three hours, in a few milliseconds every ten
   * seconds.
   */
  public static final int ROWS_AT_ONCE = 1_000;

  private static final String START = "";

  private final KeyValueStore<String, V> store;
  private final BiConsumer<String, V> look;
  private String next = START;

  private StoreWalk(KeyValueStore<String, V> store, BiConsumer<String, V> look) {
    this.store = store;
    this.look = look;
  }

  /**
   * Visits the rows of a store as long as the step runs.
   *
   * @param look called for each row; may change the store
   */
  public static <V> void begin(
      ProcessorContext<?, ?> context, KeyValueStore<String, V> store, BiConsumer<String, V> look) {
    StoreWalk<V> walk = new StoreWalk<>(store, look);
    context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, wall -> walk.goOn());
  }

  private void goOn() {
    List<KeyValue<String, V>> rows = new ArrayList<>();
    try (KeyValueIterator<String, V> ahead = store.range(next, null)) {
      while (rows.size() < ROWS_AT_ONCE && ahead.hasNext()) {
        rows.add(ahead.next());
      }
      next = ahead.hasNext() ? ahead.peekNextKey() : START;
    }
    rows.forEach(row -> look.accept(row.key, row.value));
  }
}

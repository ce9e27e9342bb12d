package io.millrace.flow.erase;

import io.millrace.event.Erasure;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Follows the topic of erasures, which every process reads as a whole. */
public final class FollowErasures implements Processor<String, Erasure, Void, Void> {
  public static final String NAME = "follow-erasures";
  public static final String ERASED = "erased-identifiers";

  private final Erasures erasures;
  private KeyValueStore<String, Erasure> rows;

  public FollowErasures(Erasures erasures) {
    this.erasures = erasures;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    rows = context.getStateStore(ERASED);
    // Rows that were restored do not come by again.
    try (KeyValueIterator<String, Erasure> restored = rows.all()) {
      restored.forEachRemaining(row -> erasures.add(row.value));
    }
  }

  @Override
  public void process(Record<String, Erasure> record) {
    Erasure erasure = record.value();
    rows.put(record.key(), erasure);
    if (erasure == null) {
      erasures.lift(record.key());
    } else {
      erasures.add(erasure);
    }
  }
}

package io.millrace.bench.reference;

import io.millrace.flow.step.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Topologies that do nothing with their records, to measure the cost of transport. */
final class TrivialTopologies {
  static final String DELIVERIES = Topics.DELIVERIES_RECEIVED.name();
  static final String BYTES = "bench-bytes";
  static final String SMALL = "bench-small";
  static final String SMALL_KEYED = "bench-small-keyed";
  static final String SMALL_COUNTED = "bench-small-counted";

  private static final String SEEN = "bench-seen";
  private static final String COUNTS = "bench-counts";
  private static final Duration WINDOW = Duration.ofDays(3);

  private TrivialTopologies() {}

  static Topology bytes() {
    Topology topology = new Topology();
    topology.addSource(
        "read", new ByteArrayDeserializer(), new ByteArrayDeserializer(), DELIVERIES);
    topology.addSink("write", BYTES, new ByteArraySerializer(), new ByteArraySerializer(), "read");
    return topology;
  }

  static Topology hops() {
    Topology topology = new Topology();
    topology.addSource("read", new StringDeserializer(), new StringDeserializer(), SMALL);
    topology.addProcessor("give-key", GiveKey::new, "read");
    topology.addSink(
        "write-keyed", SMALL_KEYED, new StringSerializer(), new StringSerializer(), "give-key");

    topology.addSource(
        "read-keyed", new StringDeserializer(), new StringDeserializer(), SMALL_KEYED);
    topology.addProcessor("count-once", CountOnce::new, "read-keyed");
    topology.addStateStore(
        Stores.windowStoreBuilder(
                Stores.persistentWindowStore(SEEN, WINDOW.multipliedBy(2), WINDOW, false),
                Serdes.String(),
                Serdes.Long())
            .withCachingDisabled(),
        "count-once");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(COUNTS), Serdes.String(), Serdes.Long())
            .withCachingDisabled(),
        "count-once");
    topology.addSink(
        "write-counted",
        SMALL_COUNTED,
        new StringSerializer(),
        Serdes.Long().serializer(),
        "count-once");
    return topology;
  }

  /** The value is {@code person/id}; the person becomes the key. */
  private static final class GiveKey extends ContextualProcessor<String, String, String, String> {
    @Override
    public void process(Record<String, String> record) {
      String value = record.value();
      context().forward(record.withKey(value.substring(0, value.indexOf('/'))));
    }
  }

  /** Counts a key's values, each once. */
  private static final class CountOnce extends ContextualProcessor<String, String, String, Long> {
    private WindowStore<String, Long> seen;
    private KeyValueStore<String, Long> counts;

    @Override
    public void init(ProcessorContext<String, Long> context) {
      super.init(context);
      seen = context.getStateStore(SEEN);
      counts = context.getStateStore(COUNTS);
    }

    @Override
    public void process(Record<String, String> record) {
      long bucket = record.timestamp() / WINDOW.toMillis() * WINDOW.toMillis();
      String id = record.value();
      if (seen.fetch(id, bucket) != null || seen.fetch(id, bucket - WINDOW.toMillis()) != null) {
        return;
      }
      seen.put(id, record.timestamp(), bucket);
      Long before = counts.get(record.key());
      long count = before == null ? 1 : before + 1;
      counts.put(record.key(), count);
      context().forward(record.withValue(count));
    }
  }
}

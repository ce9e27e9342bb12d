package io.millrace.flow.record;

import io.millrace.kafka.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** One thing a handler wants done. Nothing is done before the handler has decided on all of it. */
public sealed interface Effect {

  /** A record for a topic. */
  record Write<V extends SpecificRecord>(Topic<V> topic, String key, V value) implements Effect {}

  /** The end of a key in a compacted topic. */
  record End(Topic<?> topic, String key) implements Effect {}

  /** A value for a store. */
  record Remember<V extends SpecificRecord>(HandlerStore<V> store, String key, V value)
      implements Effect {}

  /** A key that leaves a store. */
  record Forget(HandlerStore<?> store, String key) implements Effect {}
}

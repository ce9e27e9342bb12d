package io.millrace.flow.record;

import io.millrace.kafka.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * One action that a handler requests. Nothing is executed before the handler has decided on all of
 * them.
 */
public sealed interface Effect {

  /** A record for a topic. */
  record Write<V extends SpecificRecord>(Topic<V> topic, String key, V value) implements Effect {}

  /** A tombstone for a key of a compacted topic. */
  record End(Topic<?> topic, String key) implements Effect {}

  /** A value for a store. */
  record Remember<V extends SpecificRecord>(HandlerStore<V> store, String key, V value)
      implements Effect {}

  /** A key to remove from a store. */
  record Forget(HandlerStore<?> store, String key) implements Effect {}
}

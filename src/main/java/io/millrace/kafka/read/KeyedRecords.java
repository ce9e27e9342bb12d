package io.millrace.kafka.read;

import io.millrace.kafka.topic.Topic;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Reads the records of some keys, as committed now. */
public interface KeyedRecords extends AutoCloseable {

  /**
   * Passes on every record of some keys, those of one key in order.
   *
   * @param sink takes a key and its value, which is empty for a tombstone
   */
  <V extends SpecificRecord> void ofKeys(
      Topic<V> topic, Collection<String> keys, BiConsumer<String, Optional<V>> sink);

  /** The same for all keys that a condition selects, which means reading the whole topic. */
  <V extends SpecificRecord> void where(
      Topic<V> topic, Predicate<String> keys, BiConsumer<String, Optional<V>> sink);

  /** The last value of each of some keys; those without one are absent. */
  default <V extends SpecificRecord> Map<String, V> last(Topic<V> topic, Collection<String> keys) {
    Map<String, V> last = new LinkedHashMap<>();
    if (!keys.isEmpty()) {
      ofKeys(topic, keys, (key, value) -> keep(last, key, value));
    }
    return last;
  }

  /** The last value of each key that a condition selects. */
  default <V extends SpecificRecord> Map<String, V> lastWhere(
      Topic<V> topic, Predicate<String> keys) {
    Map<String, V> last = new LinkedHashMap<>();
    where(topic, keys, (key, value) -> keep(last, key, value));
    return last;
  }

  /** The last value of one key. */
  default <V extends SpecificRecord> Optional<V> last(Topic<V> topic, String key) {
    return Optional.ofNullable(last(topic, List.of(key)).get(key));
  }

  private static <V> void keep(Map<String, V> last, String key, Optional<V> value) {
    last.remove(key);
    value.ifPresent(present -> last.put(key, present));
  }

  @Override
  void close();
}

package io.millrace.flow.record;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A store of a handler, named after its content. The name is part of its changelog topic and
 * therefore permanent; no two handlers share a store.
 *
 * @param type of the values; the keys are strings
 */
public record HandlerStore<V extends SpecificRecord>(String name, Class<V> type) {

  /** Read access to stores for a handler's decision. */
  @FunctionalInterface
  public interface Lookup {
    <V extends SpecificRecord> Optional<V> find(HandlerStore<V> store, String key);
  }
}

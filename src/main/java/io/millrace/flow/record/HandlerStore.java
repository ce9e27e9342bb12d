package io.millrace.flow.record;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A store of a handler, named for what is remembered in it. Its changelog bears the name too, so it
 * is for ever; no two handlers share one.
 *
 * @param type of the values; the keys are texts
 */
public record HandlerStore<V extends SpecificRecord>(String name, Class<V> type) {

  /** What the handler that decides can look up. */
  @FunctionalInterface
  public interface Lookup {
    <V extends SpecificRecord> Optional<V> find(HandlerStore<V> store, String key);
  }
}

package io.millrace.flow.record;

import io.millrace.kafka.topic.Topic;
import java.util.List;

/**
 * Processes admitted record events of some types. Each handler is a separate node downstream of
 * {@code merge-record-state}, with its own stores and topics; registering it in {@code
 * RecordHandlers} is all that is needed, and other handlers are not affected.
 *
 * <p>A handler only decides. Its effects are executed afterwards and all at once, so a handler that
 * fails has changed nothing: its event, which is already admitted, becomes a dead letter of the
 * handler's stage, and the other handlers continue.
 */
public interface RecordHandler {

  /** The node's name: a verb and its object. */
  String name();

  /** The events it receives. */
  EventFilter filter();

  /** The topics it writes; no other step writes them. */
  List<Topic<?>> topics();

  /** Its stores; no other step uses them. */
  default List<HandlerStore<?>> stores() {
    return List.of();
  }

  /**
   * The effects of an event; usually none.
   *
   * @param stores its stores, as of the previous event
   */
  List<Effect> decide(AdmittedEvent admitted, HandlerStore.Lookup stores);

  /**
   * The effects of a record that a merge changed; usually none. All handlers receive all of these.
   */
  default List<Effect> decide(JoinedRecord joined, HandlerStore.Lookup stores) {
    return List.of();
  }

  /**
   * The effects of a record whose person was erased: all that the handler keeps or has written
   * under its key must go. All handlers receive all of these.
   */
  List<Effect> decide(ErasedRecord erased, HandlerStore.Lookup stores);

  /** Called after its effects were executed: for metrics and log lines. */
  default void done(AdmittedEvent admitted, List<Effect> effects) {}
}

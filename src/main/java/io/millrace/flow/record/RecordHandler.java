package io.millrace.flow.record;

import io.millrace.kafka.topic.Topic;
import java.util.List;

/**
 * What is done with admitted record events of some types. Each handler is a node of its own behind
 * {@code merge-record-state}, with its own stores and topics; to register it in {@code
 * RecordHandlers} is all it takes, and no other handler notices.
 *
 * <p>It only decides. What it asks for is done afterwards and all at once, so a handler that fails
 * has changed nothing: its event, which is admitted already, becomes a dead letter of the handler's
 * stage, and the other handlers go on.
 */
public interface RecordHandler {

  /** The node's name: a verb and its object. */
  String name();

  /** The events it is handed. */
  EventChoice choice();

  /** The topics it writes, which no other step writes. */
  List<Topic<?>> topics();

  /** The stores it keeps, which no other step sees. */
  default List<HandlerStore<?>> stores() {
    return List.of();
  }

  /**
   * What is to be done about an event; nothing for most.
   *
   * @param stores what it remembers, as all events before this one left it
   */
  List<Effect> decide(Admitted admitted, HandlerStore.Lookup stores);

  /**
   * What is to be done about a record that a merge changed; nothing for most. All handlers are
   * handed all of these.
   */
  default List<Effect> decide(Joined joined, HandlerStore.Lookup stores) {
    return List.of();
  }

  /** Told when what it asked for was done: for figures and log lines. */
  default void done(Admitted admitted, List<Effect> effects) {}
}

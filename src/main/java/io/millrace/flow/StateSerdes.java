package io.millrace.flow;

import io.millrace.event.WaitingEvent;
import io.millrace.flow.engagement.WaitingEngagement;
import io.millrace.flow.order.WaitingRoom;
import io.millrace.flow.step.StateSerde;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Reads the content of stores from their changelog topics: the last value of each key. Kafka
 * Streams names them application, store, "changelog".
 */
public final class StateSerdes implements TopicSerdes {

  /**
   * The record events that are waiting for their turn.
   *
   * @param prefix the prefix of the roles' application ids
   */
  public static Topic<WaitingEvent> waitingEvents(String prefix) {
    return new Topic<>(
        prefix + "-records-" + WaitingRoom.EVENTS + "-changelog", WaitingEvent.class);
  }

  /** The engagement that is waiting for the context of its person. */
  public static Topic<WaitingEvent> waitingEngagement(String prefix) {
    return new Topic<>(
        prefix + "-engagement-" + WaitingEngagement.EVENTS + "-changelog", WaitingEvent.class);
  }

  @Override
  public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
    return StateSerde.of(topic.valueType());
  }
}

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
 * Reads what the stores hold from the topics they are restored from, each the last value under its
 * key. Kafka Streams names them: application, store, "changelog".
 */
public final class StateSerdes implements TopicSerdes {

  /**
   * The events that are held back until their turn comes.
   *
   * @param prefix what the application ids of the roles begin with
   */
  public static Topic<WaitingEvent> waitingEvents(String prefix) {
    return new Topic<>(
        prefix + "-records-" + WaitingRoom.EVENTS + "-changelog", WaitingEvent.class);
  }

  /** The engagement that is held back until something is known of its person. */
  public static Topic<WaitingEvent> waitingEngagement(String prefix) {
    return new Topic<>(
        prefix + "-engagement-" + WaitingEngagement.EVENTS + "-changelog", WaitingEvent.class);
  }

  @Override
  public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
    return StateSerde.of(topic.valueType());
  }
}

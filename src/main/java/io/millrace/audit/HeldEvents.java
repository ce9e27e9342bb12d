package io.millrace.audit;

import io.millrace.event.Lineage;
import io.millrace.event.WaitingEvent;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events that the flow holds until their turn, read from the changelog topics. */
public final class HeldEvents {
  private final TopicReader reader;
  private final List<Topic<WaitingEvent>> topics;
  private final Map<String, Lineage> waiting = new HashMap<>();

  /**
   * @param topics compacted topics of the waiting events; empty if no flow ever ran
   */
  public HeldEvents(TopicReader reader, List<Topic<WaitingEvent>> topics) {
    this.reader = reader;
    this.topics = List.copyOf(topics);
  }

  /** Reads new records and returns all waiting events. */
  Collection<Lineage> look() {
    for (Topic<WaitingEvent> topic : topics) {
      reader.read(
          topic,
          (key, value, partition, offset) ->
              value.ifPresentOrElse(
                  held -> waiting.put(key, held.getEvent().getMetadata().getLineage()),
                  () -> waiting.remove(key)));
    }
    return waiting.values();
  }
}

package io.millrace.audit;

import io.millrace.event.Lineage;
import io.millrace.event.WaitingEvent;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events the flow holds back until their turn comes, by the topic its store is logged to. */
public final class HeldBack {
  private final TopicReader reader;
  private final List<Topic<WaitingEvent>> topics;
  private final Map<String, Lineage> waiting = new HashMap<>();

  /**
   * @param topics with the last value under each key for what waits; none where no flow ever ran
   */
  public HeldBack(TopicReader reader, List<Topic<WaitingEvent>> topics) {
    this.reader = reader;
    this.topics = List.copyOf(topics);
  }

  /** Reads what is new and tells all that waits. */
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

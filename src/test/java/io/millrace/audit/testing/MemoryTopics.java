package io.millrace.audit.testing;

import io.millrace.kafka.read.RecordsByPlace;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TrustedTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Topics of one partition in memory, which can be tampered with. */
public final class MemoryTopics implements TopicReader, RecordsByPlace {
  private final Map<String, List<Row>> topics = new HashMap<>();
  private final Map<String, Integer> read = new HashMap<>();

  /** A record; {@code value} is missing for a tombstone and for what is not ours. */
  private record Row(String key, @Nullable SpecificRecord value, State state) {}

  private enum State {
    THERE,
    REMOVED,
    FOREIGN
  }

  public MemoryTopics() {
    TrustedTypes.declare();
  }

  /** The same records, to be read from the beginning. */
  public MemoryTopics copy() {
    MemoryTopics copy = new MemoryTopics();
    topics.forEach((topic, rows) -> copy.topics.put(topic, new ArrayList<>(rows)));
    return copy;
  }

  public void add(Topic<?> topic, String key, @Nullable SpecificRecord value) {
    rows(topic).add(new Row(key, value, State.THERE));
  }

  public void addForeign(Topic<?> topic) {
    rows(topic).add(new Row("", null, State.FOREIGN));
  }

  public void remove(Topic<?> topic, int offset) {
    Row row = rows(topic).get(offset);
    rows(topic).set(offset, new Row(row.key(), row.value(), State.REMOVED));
  }

  public void repeat(Topic<?> topic, int offset) {
    rows(topic).add(rows(topic).get(offset));
  }

  public void replace(Topic<?> topic, int offset, SpecificRecord value) {
    rows(topic).set(offset, new Row(rows(topic).get(offset).key(), value, State.THERE));
  }

  public void rekey(Topic<?> topic, int offset, String key) {
    rows(topic).set(offset, new Row(key, rows(topic).get(offset).value(), State.THERE));
  }

  public int size(Topic<?> topic) {
    return rows(topic).size();
  }

  public <V extends SpecificRecord> V get(Topic<V> topic, int offset) {
    return at(topic, 0, offset).orElseThrow();
  }

  Map<Integer, Long> ends(Topic<?> topic) {
    return Map.of(0, (long) size(topic));
  }

  private List<Row> rows(Topic<?> topic) {
    return topics.computeIfAbsent(topic.name(), name -> new ArrayList<>());
  }

  @Override
  public <V extends SpecificRecord> void read(Topic<V> topic, Sink<V> sink) {
    List<Row> rows = rows(topic);
    for (int offset = read.getOrDefault(topic.name(), 0); offset < rows.size(); offset++) {
      Row row = rows.get(offset);
      switch (row.state()) {
        case THERE ->
            sink.take(
                row.key(),
                Optional.ofNullable(row.value()).map(topic.valueType()::cast),
                0,
                offset);
        case FOREIGN -> sink.foreign(0, offset);
        case REMOVED -> {}
      }
    }
    read.put(topic.name(), rows.size());
  }

  @Override
  public <V extends SpecificRecord> Optional<V> at(Topic<V> topic, int partition, long offset) {
    return Optional.of(rows(topic))
        .filter(rows -> partition == 0 && offset < rows.size())
        .map(rows -> rows.get((int) offset))
        .filter(row -> row.state() == State.THERE && row.value() != null)
        .map(row -> topic.valueType().cast(row.value()));
  }

  @Override
  public void close() {}
}

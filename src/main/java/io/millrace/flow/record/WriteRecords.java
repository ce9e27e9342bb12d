package io.millrace.flow.record;

import io.millrace.kafka.topic.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Writes the records of one type to their topic when readers would see a difference. */
public record WriteRecords<V extends SpecificRecord>(
    String recordType, Topic<V> topic, CrmRecords<V> shape) implements RecordHandler {

  /** Writes the records of a type to a topic, converted to its schema. */
  public static <V extends SpecificRecord> WriteRecords<V> of(String recordType, Topic<V> topic) {
    return new WriteRecords<>(recordType, topic, CrmRecords.of(topic.valueType()));
  }

  @Override
  public String name() {
    return "write-" + recordType;
  }

  @Override
  public EventFilter filter() {
    return EventFilter.records(recordType);
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(topic);
  }

  @Override
  public List<Effect> decide(AdmittedEvent admitted, HandlerStore.Lookup stores) {
    return write(admitted);
  }

  @Override
  public List<Effect> decide(JoinedRecord joined, HandlerStore.Lookup stores) {
    return joined.record().getType().equals(recordType) ? write(joined) : List.of();
  }

  /** A tombstone even if readers see no record now: the row before the last one must go as well. */
  @Override
  public List<Effect> decide(ErasedRecord erased, HandlerStore.Lookup stores) {
    return erased.record().getType().equals(recordType)
        ? List.of(new Effect.End(topic, erased.record().getId()))
        : List.of();
  }

  private List<Effect> write(RecordUpdate update) {
    if (update.before().equals(update.after())) {
      return List.of();
    }
    String id = update.record().getId();
    return List.of(
        update
            .after()
            .<Effect>map(record -> new Effect.Write<>(topic, id, shape.of(id, record)))
            .orElseGet(() -> new Effect.End(topic, id)));
  }
}

package io.millrace.stream;

import io.millrace.kafka.Topic;
import io.millrace.rule.CrmRecords;
import io.millrace.rule.VisibleRecord;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;

/** Writes the records of one type to their topic when readers would see a difference. */
record WriteRecords<V extends SpecificRecord>(
    String recordType, Topic<V> topic, BiFunction<String, VisibleRecord, V> shape)
    implements RecordHandler {

  /** One for each type of record that has a topic. */
  static List<RecordHandler> all() {
    return List.of(
        new WriteRecords<>("lead", Topics.CRM_LEADS, CrmRecords::lead),
        new WriteRecords<>("contact", Topics.CRM_CONTACTS, CrmRecords::contact),
        new WriteRecords<>("deal", Topics.CRM_DEALS, CrmRecords::deal),
        new WriteRecords<>("account", Topics.CRM_ACCOUNTS, CrmRecords::account));
  }

  @Override
  public String name() {
    return "write-" + recordType;
  }

  @Override
  public EventChoice choice() {
    return EventChoice.records(recordType);
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(topic);
  }

  @Override
  public List<Effect> decide(Admitted admitted, HandlerStore.Lookup stores) {
    return write(admitted);
  }

  @Override
  public List<Effect> decide(Joined joined, HandlerStore.Lookup stores) {
    return joined.record().getType().equals(recordType) ? write(joined) : List.of();
  }

  private List<Effect> write(Offered offered) {
    if (offered.before().equals(offered.after())) {
      return List.of();
    }
    String id = offered.record().getId();
    return List.of(
        offered
            .after()
            .<Effect>map(record -> new Effect.Write<>(topic, id, shape.apply(id, record)))
            .orElseGet(() -> new Effect.End(topic, id)));
  }
}

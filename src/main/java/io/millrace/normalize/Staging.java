package io.millrace.normalize;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Separates the events of a staging source from production: every key of its events begins with the
 * source's name, so that a test never changes a real record, person or account, and every event is
 * tagged.
 */
public record Staging(String source) {
  static final String TAG = "staging";

  /**
   * Modifies the new objects in place, before they are shared: copying them would require Avro to
   * load classes by name, which it does only for trusted packages.
   */
  Normalized separated(Normalized normalized) {
    switch (normalized) {
      case Normalized.Event made -> separate(made.event());
      case Normalized.Refused refused -> refused.deadLetter().getRecord().ifPresent(this::separate);
      case Normalized.Nothing nothing -> {}
    }
    return normalized;
  }

  private void separate(Event event) {
    separate(event.getRecord());
    event.getPerson().ifPresent(person -> separate(person, "key", person.getKey()));
    event.getAccount().ifPresent(account -> separate(account, "key", account.getKey()));
    List<String> tags = new ArrayList<>(event.getMetadata().getTags());
    tags.add(TAG);
    event.getMetadata().put("tags", tags);
  }

  private void separate(RecordRef record) {
    separate(record, "id", record.getId());
  }

  private void separate(SpecificRecordBase holder, String field, String key) {
    holder.put(field, source + ":" + key);
  }
}

package io.millrace.normalize;

import io.millrace.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Separates the events of a staging source from production: every key of its events begins with the
 * source's name, so that a test never changes a real record, person or account, and every event is
 * tagged.
 */
public record Staging(String source) {
  static final String TAG = "staging";

  Normalized separated(Normalized normalized) {
    switch (normalized) {
      case Normalized.Event made -> separate(made.event());
      case Normalized.Refused refused ->
          refused.deadLetter().getRecord().ifPresent(new KeyPrefix(source)::prefix);
      case Normalized.Nothing nothing -> {}
    }
    return normalized;
  }

  private void separate(Event event) {
    KeyPrefix prefix = new KeyPrefix(source);
    prefix.prefixRecord(event);
    event.getPerson().ifPresent(person -> prefix.prefix(person, "key", person.getKey()));
    event.getAccount().ifPresent(account -> prefix.prefix(account, "key", account.getKey()));
    List<String> tags = new ArrayList<>(event.getMetadata().getTags());
    tags.add(TAG);
    event.getMetadata().put("tags", tags);
  }
}

package io.millrace.normalize;

import io.millrace.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Tags the events of a staging source. Everything that such a source names belongs to the source
 * alone, see {@link Identification}, so that a test never changes a real record, person or account.
 */
final class Staging {
  static final String TAG = "staging";

  private Staging() {}

  static Normalized tagged(Normalized normalized) {
    if (normalized instanceof Normalized.Event made) {
      Event event = made.event();
      List<String> tags = new ArrayList<>(event.getMetadata().getTags());
      tags.add(TAG);
      // In place, before it is shared: copying would require Avro to load classes by name.
      event.getMetadata().put("tags", tags);
    }
    return normalized;
  }
}

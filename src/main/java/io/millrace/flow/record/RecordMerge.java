package io.millrace.flow.record;

import io.millrace.event.Event;
import io.millrace.event.FieldState;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordState;
import io.millrace.model.EventOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Merges a record's events field by field: the write with the highest stamp wins. An event is a
 * small state and merging it is a join, so any order and any repetition of the same events end in
 * the same state.
 */
public final class RecordMerge {
  private static final Set<String> TYPES_WITH_EMAIL = Set.of("lead", "contact");
  private static final String EMAIL = "email";

  private RecordMerge() {}

  /** The state with one more event in it. */
  public static RecordState merge(Optional<RecordState> before, Event event) {
    return StateJoin.join(before.orElse(StateJoin.NOTHING_KNOWN), stateOf(event));
  }

  /**
   * The record as its readers see it; empty when it is deleted, or merged into another.
   *
   * @param id the record's own id
   */
  public static Optional<VisibleRecord> visible(String id, RecordState state) {
    return RecordView.of(id, state);
  }

  private static RecordState stateOf(Event event) {
    String stamp = EventOrder.stamp(event);
    if (EventOrder.isDeletion(event)) {
      return new RecordState(
          Map.of(), Map.of(), null, stamp, List.of(), Map.of(), List.of(), Map.of());
    }
    SortedMap<String, FieldState> fields = new TreeMap<>();
    int replay = event.getMetadata().getReplay();
    for (Map.Entry<String, String> written : written(event).entrySet()) {
      String name = written.getKey();
      Optional<String> value = Optional.ofNullable(written.getValue());
      fields.put(name, SameInstant.write(value, stamp, replay, event.getPrevious(), name));
    }
    return new RecordState(
        fields,
        Map.of(event.getSource(), stamp),
        EventOrder.isCreation(event) ? stamp : null,
        null,
        List.of(),
        Map.of(),
        List.of(),
        Map.of());
  }

  /**
   * The fields an event writes: its data without the ids of merged records. For records that are
   * people, the e-mail address that identifies them is added if the data has none.
   */
  private static Map<String, String> written(Event event) {
    Optional<String> email =
        TYPES_WITH_EMAIL.contains(event.getRecord().getType())
                && !event.getData().containsKey(EMAIL)
            ? event.getPerson().flatMap(PersonIdentity::getEmail)
            : Optional.empty();
    boolean isMerge = EventOrder.isMerge(event);
    if (email.isEmpty() && !isMerge) {
      return event.getData();
    }
    Map<String, String> written = new HashMap<>(event.getData());
    if (isMerge) {
      written.keySet().removeAll(MergedRecords.FIELDS);
    }
    email.ifPresent(address -> written.put(EMAIL, address));
    return written;
  }
}

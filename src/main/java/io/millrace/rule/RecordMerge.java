package io.millrace.rule;

import io.millrace.event.Event;
import io.millrace.event.FieldState;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordState;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Merges a record's events field by field: the writer with the highest stamp wins. Every part of
 * the state is a maximum, so any order of the same events, and any repetition, ends in the same
 * state.
 */
public final class RecordMerge {
  private static final RecordState NOTHING_KNOWN = new RecordState(Map.of(), Map.of(), null, null);
  private static final Set<String> TYPES_WITH_EMAIL = Set.of("lead", "contact");
  private static final String EMAIL = "email";

  private RecordMerge() {}

  /** The state with one more event in it. */
  public static RecordState merge(Optional<RecordState> before, Event event) {
    RecordState state = before.orElse(NOTHING_KNOWN);
    String stamp = EventOrder.stamp(event);
    if (EventOrder.isDeletion(event)) {
      return without(state, later(state.getDeleted(), stamp));
    }
    if (isOutdated(state, stamp)) {
      return state;
    }
    return new RecordState(
        withFields(state, event, stamp),
        withSource(state, event.getSource(), stamp),
        EventOrder.isCreation(event)
            ? later(state.getCreated(), stamp)
            : state.getCreated().orElse(null),
        state.getDeleted().orElse(null));
  }

  /** The record as its readers see it; empty when it is deleted. */
  public static Optional<VisibleRecord> visible(RecordState state) {
    boolean gone = state.getDeleted().isPresent() && state.getCreated().isEmpty();
    if (gone || state.getSources().isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, String> fields = new TreeMap<>();
    state
        .getFields()
        .forEach((name, field) -> field.getValue().ifPresent(value -> fields.put(name, value)));
    Instant updatedAt =
        EventOrder.occurredAt(state.getSources().values().stream().max(String::compareTo).get());
    return Optional.of(
        new VisibleRecord(
            fields,
            state.getSources().keySet().stream().sorted().toList(),
            state.getCreated().map(EventOrder::occurredAt),
            updatedAt));
  }

  /** Whether the record's fields have exactly these values; null stands for no value. */
  static boolean holds(RecordState state, Map<String, String> values) {
    return values.entrySet().stream()
        .allMatch(
            value ->
                Objects.equals(text(state, value.getKey()), Optional.ofNullable(value.getValue())));
  }

  /** Roughly how much a state holds, in characters. */
  public static long size(RecordState state) {
    long size = 0;
    for (Map.Entry<String, FieldState> field : state.getFields().entrySet()) {
      FieldState written = field.getValue();
      size += field.getKey().length() + written.getStamp().length();
      size += written.getValue().map(String::length).orElse(0);
    }
    return size;
  }

  private static Optional<String> text(RecordState state, String name) {
    return Optional.ofNullable(state.getFields().get(name)).flatMap(FieldState::getValue);
  }

  private static boolean isOutdated(RecordState state, String stamp) {
    return state.getDeleted().filter(deleted -> stamp.compareTo(deleted) <= 0).isPresent();
  }

  private static String later(Optional<String> stamp, String other) {
    return stamp.filter(present -> present.compareTo(other) > 0).orElse(other);
  }

  private static RecordState without(RecordState state, String deleted) {
    SortedMap<String, FieldState> fields = new TreeMap<>(state.getFields());
    fields.values().removeIf(field -> field.getStamp().compareTo(deleted) <= 0);
    SortedMap<String, String> sources = new TreeMap<>(state.getSources());
    sources.values().removeIf(stamp -> stamp.compareTo(deleted) <= 0);
    Optional<String> created = state.getCreated().filter(stamp -> stamp.compareTo(deleted) > 0);
    return new RecordState(fields, sources, created.orElse(null), deleted);
  }

  private static SortedMap<String, FieldState> withFields(
      RecordState state, Event event, String stamp) {
    SortedMap<String, FieldState> fields = new TreeMap<>(state.getFields());
    written(event)
        .forEach(
            (name, value) ->
                fields.merge(name, new FieldState(value, stamp), RecordMerge::laterField));
    return fields;
  }

  /** Of two writes by the same event the second stands: only a replay can say something else. */
  private static FieldState laterField(FieldState present, FieldState other) {
    return other.getStamp().compareTo(present.getStamp()) >= 0 ? other : present;
  }

  private static SortedMap<String, String> withSource(
      RecordState state, String source, String stamp) {
    SortedMap<String, String> sources = new TreeMap<>(state.getSources());
    sources.merge(source, stamp, (present, other) -> later(Optional.of(present), other));
    return sources;
  }

  /**
   * The fields an event writes: its data, and for records that are people the address the event
   * names them by where its data says nothing about one.
   */
  private static Map<String, String> written(Event event) {
    Optional<String> email = event.getPerson().flatMap(PersonIdentity::getEmail);
    if (email.isEmpty()
        || event.getData().containsKey(EMAIL)
        || !TYPES_WITH_EMAIL.contains(event.getRecord().getType())) {
      return event.getData();
    }
    Map<String, String> written = new TreeMap<>(event.getData());
    written.put(EMAIL, email.get());
    return written;
  }
}

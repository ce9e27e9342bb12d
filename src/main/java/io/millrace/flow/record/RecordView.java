package io.millrace.flow.record;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import io.millrace.model.EventOrder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What readers see of a record's state, including the histories of the records merged into it. */
final class RecordView {
  /** Sorts before every stamp. */
  private static final String NEVER = "";

  private RecordView() {}

  /**
   * What a record contributes.
   *
   * @param ended the stamp of the latest deletion that ended it; before every stamp if none did
   */
  record Part(RecordState state, String ended) {
    /** A record without any other. */
    static Part alone(RecordState state) {
      return new Part(state, state.getDeleted().orElse(NEVER));
    }

    boolean shows(String stamp) {
      return stamp.compareTo(ended) > 0;
    }

    /** Whether it was written to and never ended, or created after it was ended. */
    boolean isAlive() {
      return ended.isEmpty()
          ? !state.getSources().isEmpty()
          : state.getCreated().filter(this::shows).isPresent();
    }
  }

  static Optional<VisibleRecord> of(String id, RecordState state) {
    List<Part> parts = List.copyOf(parts(id, state).values());
    if (parts.stream().noneMatch(Part::isAlive)) {
      return Optional.empty();
    }
    SortedMap<String, String> sources = sources(parts);
    return sources.values().stream()
        .max(Comparator.naturalOrder())
        .map(
            latest ->
                new VisibleRecord(
                    fields(parts),
                    List.copyOf(sources.keySet()),
                    created(parts).map(EventOrder::occurredAt),
                    EventOrder.occurredAt(latest)));
  }

  /**
   * The histories that a record shows, its own first; empty if it is part of another one. These are
   * not all it knows: a record it has joined may have been merged into another one since.
   */
  static Map<String, Part> parts(String id, RecordState state) {
    if (state.getMergedInto().isEmpty() && state.getJoined().isEmpty()) {
      return Map.of(id, Part.alone(state));
    }
    MergeTree tree = new MergeTree(id, state);
    Map<String, Part> parts = new LinkedHashMap<>();
    if (!tree.end(id).equals(Optional.of(id))) {
      return parts;
    }
    Map<String, String> ended = Endings.of(tree.known());
    parts.put(id, new Part(state, ended.getOrDefault(id, NEVER)));
    state
        .getJoined()
        .forEach(
            (origin, joined) -> {
              if (!origin.equals(id) && tree.end(origin).equals(Optional.of(id))) {
                parts.put(origin, new Part(joined, ended.getOrDefault(origin, NEVER)));
              }
            });
    return parts;
  }

  /** The record's own creation, otherwise the earliest creation of the records merged into it. */
  private static Optional<String> created(List<Part> parts) {
    if (parts.size() == 1) {
      return parts.getFirst().state().getCreated().filter(parts.getFirst()::shows);
    }
    List<String> seen =
        parts.stream()
            .flatMap(part -> part.state().getCreated().filter(part::shows).stream())
            .toList();
    boolean isOwn =
        !parts.isEmpty()
            && parts.getFirst().state().getCreated().filter(parts.getFirst()::shows).isPresent();
    return isOwn ? seen.stream().findFirst() : seen.stream().min(Comparator.naturalOrder());
  }

  private static SortedMap<String, String> sources(List<Part> parts) {
    SortedMap<String, String> sources = new TreeMap<>();
    for (Part part : parts) {
      part.state()
          .getSources()
          .forEach(
              (source, stamp) -> {
                if (part.shows(stamp)) {
                  sources.merge(source, stamp, StateJoin::later);
                }
              });
    }
    return sources;
  }

  private static SortedMap<String, String> fields(List<Part> parts) {
    if (parts.size() == 1) {
      return fields(parts.getFirst());
    }
    SortedMap<String, FieldState> written = new TreeMap<>();
    for (Part part : parts) {
      part.state()
          .getFields()
          .forEach(
              (name, field) -> {
                if (part.shows(field.getStamp())) {
                  written.merge(name, field, SameInstant::later);
                }
              });
    }
    SortedMap<String, String> fields = new TreeMap<>();
    written.forEach((name, field) -> field.getValue().ifPresent(value -> fields.put(name, value)));
    return fields;
  }

  private static SortedMap<String, String> fields(Part part) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, FieldState> written : part.state().getFields().entrySet()) {
      FieldState field = written.getValue();
      if (field.getValue().isPresent() && part.shows(field.getStamp())) {
        fields.put(written.getKey(), field.getValue().get());
      }
    }
    return fields;
  }
}

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
   * @param hidden the stamp up to which a deletion hides it
   */
  record Part(RecordState state, String hidden) {
    boolean shows(String stamp) {
      return stamp.compareTo(hidden) > 0;
    }
  }

  static Optional<VisibleRecord> of(String id, RecordState state) {
    List<Part> parts = List.copyOf(parts(id, state).values());
    Optional<String> created = created(parts);
    if (created.isEmpty() && state.getDeleted().isPresent()) {
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
                    created.map(EventOrder::occurredAt),
                    EventOrder.occurredAt(latest)));
  }

  /**
   * The histories that a record shows, its own first; empty if it was merged into another. These
   * are not all it knows: a record it has joined may have been merged into another one since.
   */
  static Map<String, Part> parts(String id, RecordState state) {
    String deleted = state.getDeleted().orElse(NEVER);
    if (state.getMergedInto().isEmpty() && state.getJoined().isEmpty()) {
      return Map.of(id, new Part(state, deleted));
    }
    MergeTree tree = new MergeTree(id, state);
    Map<String, Part> parts = new LinkedHashMap<>();
    if (!tree.end(id).equals(Optional.of(id))) {
      return parts;
    }
    parts.put(id, new Part(state, deleted));
    state
        .getJoined()
        .forEach(
            (origin, joined) -> {
              if (!origin.equals(id) && tree.end(origin).equals(Optional.of(id))) {
                parts.put(origin, new Part(joined, later(deleted, endOfFormerLife(joined))));
              }
            });
    return parts;
  }

  /**
   * The last deletion before a record was merged. A later deletion is only the trace that the merge
   * left in its CRM, and hides nothing.
   */
  private static String endOfFormerLife(RecordState joined) {
    String merged = MergeTree.latest(joined).map(MergeTree.Merge::stamp).orElse(NEVER);
    List<String> turns = StateJoin.turns(joined, StateJoin.NOTHING_KNOWN);
    Optional<String> created =
        turns.stream()
            .filter(turn -> EventOrder.isOfCreation(turn) && turn.compareTo(merged) <= 0)
            .findFirst();
    return turns.stream()
        .filter(turn -> !EventOrder.isOfCreation(turn))
        .filter(turn -> turn.compareTo(created.orElse(NEVER)) < 0)
        .findFirst()
        .orElse(NEVER);
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
                  sources.merge(source, stamp, RecordView::later);
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
                  written.merge(name, field, StateJoin::later);
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

  private static String later(String one, String other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}

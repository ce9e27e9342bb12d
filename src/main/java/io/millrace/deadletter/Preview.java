package io.millrace.deadletter;

import io.millrace.event.Attempt;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordState;
import io.millrace.flow.order.SourceWindows;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.record.VisibleRecord;
import io.millrace.kafka.read.TopicReader;
import io.millrace.model.RecordTypes;
import io.millrace.normalize.Normalized;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The expected result of a replay. */
public sealed interface Preview {

  /**
   * It would be delivered.
   *
   * @param changes the fields of its record that would change
   */
  record Delivers(Event event, SortedMap<String, Change> changes) implements Preview {
    public Delivers {
      changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }
  }

  /**
   * It would be dropped, because a copy of the event was delivered, or will be.
   *
   * @param first where the copy came from
   * @param isReplayed whether the copy is another one of the replayed dead letters
   */
  record Duplicates(Event event, Lineage first, boolean isReplayed) implements Preview {}

  /** It would become nothing: the entry of its provider declares that it reports nothing. */
  record ReportsNothing(String what) implements Preview {}

  /** It would fail again. */
  record Fails(Attempt attempt) implements Preview {}

  /** A field's value before and after; empty for none. */
  record Change(Optional<String> before, Optional<String> after) {}

  /**
   * Previews for the parts of replayed deliveries, as normalized by the current catalogue and
   * mappings. Each takes the ones before it into account: several dead letters may be of one event
   * or of one record.
   *
   * @param topics read from the beginning, for delivered events and the states of records
   * @param windows the dedupe windows of the sources
   */
  static List<Preview> of(List<Normalized> parts, TopicReader topics, SourceWindows windows) {
    List<Event> events =
        parts.stream()
            .filter(Normalized.Event.class::isInstance)
            .map(part -> ((Normalized.Event) part).event())
            .toList();
    DeliveredEvents delivered = DeliveredEvents.read(topics, events, windows);
    Set<Lineage> replayed = new HashSet<>();
    return parts.stream().map(part -> preview(part, delivered, replayed)).toList();
  }

  private static Preview preview(
      Normalized part, DeliveredEvents delivered, Set<Lineage> replayed) {
    return switch (part) {
      case Normalized.Refused refused -> new Fails(refused.deadLetter().getAttempts().getLast());
      case Normalized.Event found -> preview(found.event(), delivered, replayed);
      case Normalized.Nothing nothing -> new ReportsNothing(nothing.what());
    };
  }

  private static Preview preview(Event event, DeliveredEvents delivered, Set<Lineage> replayed) {
    Optional<Lineage> copy = delivered.copyOf(event);
    if (copy.isPresent()) {
      return new Duplicates(event, copy.get(), replayed.contains(copy.get()));
    }
    Optional<RecordState> before = delivered.state(event);
    delivered.delivered(event);
    replayed.add(event.getMetadata().getLineage());
    if (RecordTypes.isPerson(event.getRecord())) {
      return new Delivers(event, new TreeMap<>());
    }
    return new Delivers(
        event,
        changes(
            before.flatMap(state -> RecordMerge.visible(event.getRecord().getId(), state)),
            RecordMerge.visible(event.getRecord().getId(), RecordMerge.merge(before, event))));
  }

  private static SortedMap<String, Change> changes(
      Optional<VisibleRecord> before, Optional<VisibleRecord> after) {
    Map<String, String> old = before.map(VisibleRecord::fields).orElseGet(TreeMap::new);
    Map<String, String> young = after.map(VisibleRecord::fields).orElseGet(TreeMap::new);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(young.keySet());
    SortedMap<String, Change> changes = new TreeMap<>();
    for (String name : names) {
      Change change =
          new Change(Optional.ofNullable(old.get(name)), Optional.ofNullable(young.get(name)));
      if (!change.before().equals(change.after())) {
        changes.put(name, change);
      }
    }
    return changes;
  }
}

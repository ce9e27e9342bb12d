package io.millrace.flow.naive;

import io.millrace.event.Event;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one record type, answered from the sentences of docs/records.md for a whole history
 * at once: nothing is remembered between two questions, and nothing is shared with the flow or with
 * {@link RecordsModel}.
 */
public final class DocumentedRecords {
  private final String type;
  private final List<Event> events;
  private final List<Merge> merges;
  private final Set<String> records = new TreeSet<>();

  /** A record became part of another. */
  private record Merge(String ended, String survivor, Event event) {}

  /** What a row shows; cleared fields are not there. */
  public record Row(
      SortedMap<String, String> fields,
      List<String> sources,
      Optional<Long> createdAt,
      long updatedAt) {}

  private DocumentedRecords(String type, Collection<Event> events) {
    this.type = type;
    this.events =
        events.stream().filter(event -> event.getRecord().getType().equals(type)).toList();
    merges = this.events.stream().flatMap(this::merges).toList();
    this.events.forEach(event -> records.add(event.getRecord().getId()));
    merges.forEach(merge -> records.addAll(List.of(merge.ended(), merge.survivor())));
  }

  /** The rows by id, of those records that have one. */
  public static SortedMap<String, Row> rows(String type, Collection<Event> events) {
    DocumentedRecords history = new DocumentedRecords(type, events);
    SortedMap<String, Row> rows = new TreeMap<>();
    for (String record : history.records) {
      history.row(record).ifPresent(row -> rows.put(record, row));
    }
    return rows;
  }

  private Optional<Row> row(String record) {
    List<String> parts =
        records.stream().filter(part -> survivor(part, merges).equals(record)).toList();
    if (parts.stream().noneMatch(this::isThere)) {
      return Optional.empty();
    }
    List<Event> shown =
        events.stream()
            .filter(event -> parts.contains(event.getRecord().getId()))
            .filter(event -> !isDeletion(event) && !isEnded(event))
            .toList();
    SortedMap<String, String> fields = new TreeMap<>();
    int colon = record.indexOf(':');
    fields.put("system", record.substring(0, Math.max(colon, 0)));
    fields.put("system_id", record.substring(colon + 1));
    Set<String> names = new TreeSet<>();
    shown.forEach(event -> names.addAll(event.getData().keySet()));
    for (String name : names) {
      List<Event> writes = shown.stream().filter(event -> writes(event, name)).toList();
      if (!writes.isEmpty()) {
        Optional.ofNullable(DocumentedWrites.latest(name, writes, this::rank))
            .ifPresent(value -> fields.put(name, value));
      }
    }
    return Optional.of(
        new Row(
            fields,
            shown.stream().map(Event::getSource).distinct().sorted().toList(),
            createdAt(record, parts),
            shown.stream().mapToLong(DocumentedRecords::at).max().orElseThrow()));
  }

  /** Written to and never ended, or created later than it was ended. */
  private boolean isThere(String record) {
    List<Event> ends = events.stream().filter(event -> ends(event, record)).toList();
    return eventsOf(record)
        .filter(event -> !isDeletion(event))
        .anyMatch(
            event ->
                ends.isEmpty()
                    || (isCreation(event) && ends.stream().allMatch(end -> isLater(event, end))));
  }

  private Optional<Long> createdAt(String record, List<String> parts) {
    Optional<Event> own = latestCreation(record).filter(creation -> !isEnded(creation));
    return own.map(DocumentedRecords::at)
        .or(
            () ->
                parts.stream()
                    .flatMap(part -> latestCreation(part).stream())
                    .filter(creation -> !isEnded(creation))
                    .map(DocumentedRecords::at)
                    .min(Comparator.naturalOrder()));
  }

  private Optional<Event> latestCreation(String record) {
    return eventsOf(record).filter(this::isCreation).max(this::compare);
  }

  private boolean isEnded(Event write) {
    return events.stream()
        .anyMatch(
            deletion -> !isLater(write, deletion) && ends(deletion, write.getRecord().getId()));
  }

  /** Whether an event is a deletion that ends what this record wrote up to then. */
  private boolean ends(Event deletion, String record) {
    if (!isDeletion(deletion)) {
      return false;
    }
    String deleted = deletion.getRecord().getId();
    List<Merge> until = merges.stream().filter(merge -> !isLater(merge.event(), deletion)).toList();
    return survivor(deleted, until).equals(deleted)
        && survivor(record, until).equals(deleted)
        && !isTraceOfMerge(deletion);
  }

  /** The record is merged later, without a creation of its own between the two. */
  private boolean isTraceOfMerge(Event deletion) {
    String deleted = deletion.getRecord().getId();
    return merges.stream()
        .filter(merge -> merge.ended().equals(deleted) && isLater(merge.event(), deletion))
        .anyMatch(
            merge ->
                eventsOf(deleted)
                    .filter(this::isCreation)
                    .noneMatch(
                        creation ->
                            isLater(creation, deletion) && isLater(merge.event(), creation)));
  }

  /** The record that another one is part of, given some merges. */
  private String survivor(String record, List<Merge> given) {
    Set<String> passed = new HashSet<>();
    String now = record;
    while (passed.add(now)) {
      Optional<Merge> next = merge(now, given);
      if (next.isEmpty()) {
        return now;
      }
      now = next.get().survivor();
    }
    String begin = now;
    Merge decisive = merge(begin, given).orElseThrow();
    Merge each = decisive;
    while (!each.survivor().equals(begin)) {
      each = merge(each.survivor(), given).orElseThrow();
      decisive = compare(each, decisive) > 0 ? each : decisive;
    }
    return decisive.survivor();
  }

  private Optional<Merge> merge(String ended, List<Merge> given) {
    return given.stream().filter(merge -> merge.ended().equals(ended)).max(this::compare);
  }

  private int compare(Merge one, Merge other) {
    int events = compare(one.event(), other.event());
    return events != 0 ? events : one.survivor().compareTo(other.survivor());
  }

  private boolean isLater(Event event, Event than) {
    return compare(event, than) > 0;
  }

  private int compare(Event one, Event other) {
    return DocumentedWrites.order(this::rank).compare(one, other);
  }

  private Stream<Event> eventsOf(String record) {
    return events.stream().filter(event -> event.getRecord().getId().equals(record));
  }

  private int rank(Event event) {
    return isCreation(event) ? 0 : isDeletion(event) ? 2 : 1;
  }

  private boolean isCreation(Event event) {
    return is(event, "created") || is(event, "restored");
  }

  private boolean isDeletion(Event event) {
    return is(event, "deleted");
  }

  private boolean writes(Event event, String field) {
    return event.getData().containsKey(field)
        && !(is(event, "merged") && DocumentedIds.FIELDS.contains(field));
  }

  private boolean is(Event event, String verb) {
    return event.getEventType().equals(type + "." + verb);
  }

  private Stream<Merge> merges(Event event) {
    if (!is(event, "merged")) {
      return Stream.empty();
    }
    String own = event.getRecord().getId();
    Stream<Merge> absorbed =
        DocumentedIds.ended(event).stream().map(id -> new Merge(id, own, event));
    @Nullable String into = event.getData().get("merged_into");
    return Stream.concat(absorbed, Stream.ofNullable(into).map(id -> new Merge(own, id, event)))
        .filter(merge -> !merge.ended().equals(merge.survivor()));
  }

  private static long at(Event event) {
    return event.getOccurredAt().toEpochMilli();
  }
}

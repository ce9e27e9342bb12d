package io.millrace.flow.naive;

import static io.millrace.flow.naive.LastWrite.ORDER;
import static io.millrace.flow.naive.LastWrite.is;
import static io.millrace.flow.naive.LastWrite.isCreation;

import io.millrace.event.Event;
import io.millrace.event.PersonIdentity;
import io.millrace.flow.record.VisibleRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What all records of one type must end as, found the naive way: everything that ever happened in
 * one list, and for each deletion, from the first to the last, what was part of its record then.
 */
public final class NaiveRecords {
  private final List<Event> events;
  private final Set<String> ids = new TreeSet<>();
  private final List<Merge> merges = new ArrayList<>();

  /** The merges that count in the end, by the record that was merged. */
  private final Map<String, Merge> valid;

  /** The deletion that ended a record last. */
  private final Map<String, Event> ended = new HashMap<>();

  private NaiveRecords(Collection<Event> events) {
    this.events = events.stream().sorted(ORDER).toList();
    for (Event event : this.events) {
      ids.add(id(event));
      named(event).forEach(merged -> merge(merged, id(event), event));
      Optional.ofNullable(event.getData().get("merged_into"))
          .filter(survivor -> is(event, "merged"))
          .ifPresent(survivor -> merge(id(event), survivor, event));
    }
    valid = valid(merges);
    this.events.stream().filter(event -> is(event, "deleted")).forEach(this::end);
  }

  private record Merge(String record, String survivor, Event event) {
    boolean isLaterThan(Merge other) {
      int order = ORDER.compare(event, other.event);
      return order > 0 || (order == 0 && survivor.compareTo(other.survivor) > 0);
    }
  }

  /** The records that can be seen, by id. */
  public static Map<String, VisibleRecord> records(Collection<Event> events) {
    NaiveRecords naive = new NaiveRecords(events);
    Map<String, VisibleRecord> records = new TreeMap<>();
    for (String id : naive.ids) {
      if (where(id, naive.valid).equals(id)) {
        naive.record(id).ifPresent(record -> records.put(id, record));
      }
    }
    return records;
  }

  private void merge(String record, String survivor, Event event) {
    if (!record.equals(survivor)) {
      ids.add(record);
      ids.add(survivor);
      merges.add(new Merge(record, survivor, event));
    }
  }

  private void end(Event deletion) {
    String record = id(deletion);
    Map<String, Merge> until =
        valid(merges.stream().filter(merge -> isBefore(merge, deletion)).toList());
    if (where(record, until).equals(record) && !isTrace(deletion)) {
      ids.stream()
          .filter(id -> where(id, until).equals(record))
          .forEach(id -> ended.put(id, deletion));
    }
  }

  private static boolean isBefore(Merge merge, Event deletion) {
    return ORDER.compare(merge.event, deletion) < 0;
  }

  /** Whether the record was merged later, without a creation in between. */
  private boolean isTrace(Event deletion) {
    for (Event event : events) {
      if (ORDER.compare(event, deletion) > 0) {
        if (merges.stream()
            .anyMatch(merge -> merge.event.equals(event) && merge.record.equals(id(deletion)))) {
          return true;
        }
        if (id(event).equals(id(deletion)) && isCreation(event)) {
          return false;
        }
      }
    }
    return false;
  }

  private static Map<String, Merge> valid(List<Merge> merges) {
    Map<String, Merge> valid = new HashMap<>();
    for (Merge merge : merges) {
      valid.merge(merge.record, merge, (one, other) -> other.isLaterThan(one) ? other : one);
    }
    return valid;
  }

  /** The record that another one is part of. */
  private static String where(String id, Map<String, Merge> valid) {
    String at = id;
    List<String> path = new ArrayList<>();
    while (valid.containsKey(at) && !path.contains(at)) {
      path.add(at);
      at = valid.get(at).survivor;
    }
    if (!valid.containsKey(at)) {
      return at;
    }
    return path.subList(path.indexOf(at), path.size()).stream()
        .map(valid::get)
        .reduce((one, other) -> other.isLaterThan(one) ? other : one)
        .orElseThrow()
        .survivor;
  }

  private Optional<VisibleRecord> record(String id) {
    List<Event> all = new ArrayList<>();
    List<Event> joinedCreations = new ArrayList<>();
    Optional<Event> created = Optional.empty();
    boolean isAlive = false;
    for (String part : ids) {
      if (!where(part, valid).equals(id)) {
        continue;
      }
      List<Event> kept = kept(part);
      Optional<Event> creation = kept.stream().filter(LastWrite::isCreation).max(ORDER);
      isAlive |= ended.containsKey(part) ? creation.isPresent() : !kept.isEmpty();
      if (part.equals(id)) {
        created = creation;
      } else {
        creation.ifPresent(joinedCreations::add);
      }
      all.addAll(kept);
    }
    Optional<Event> first = created.or(() -> joinedCreations.stream().min(ORDER));
    all.sort(ORDER);
    return isAlive ? Optional.of(visible(all, first)) : Optional.empty();
  }

  /** What a record wrote and no deletion ended. */
  private List<Event> kept(String id) {
    return events.stream()
        .filter(event -> id(event).equals(id) && !is(event, "deleted"))
        .filter(event -> !ended.containsKey(id) || ORDER.compare(event, ended.get(id)) > 0)
        .toList();
  }

  private static VisibleRecord visible(List<Event> all, Optional<Event> created) {
    TreeMap<String, String> fields = new TreeMap<>();
    LastWrite.fields(all.stream().map(NaiveRecords::written).toList())
        .forEach(
            (name, value) -> {
              if (value != null) {
                fields.put(name, value);
              }
            });
    Set<String> sources = new TreeSet<>();
    all.forEach(event -> sources.add(event.getSource()));
    return new VisibleRecord(
        fields,
        List.copyOf(sources),
        created.map(Event::getOccurredAt),
        all.getLast().getOccurredAt());
  }

  private static Event written(Event event) {
    Map<String, @Nullable String> data = new HashMap<>(event.getData());
    boolean isPerson = List.of("lead", "contact").contains(event.getRecord().getType());
    if (isPerson && !data.containsKey("email")) {
      event
          .getPerson()
          .flatMap(PersonIdentity::getEmail)
          .ifPresent(email -> data.put("email", email));
    }
    if (is(event, "merged")) {
      data.keySet().removeAll(Set.of("merged_ids", "merged_id", "merged_into"));
    }
    return Event.newBuilder(event).setData(data).build();
  }

  private static Set<String> named(Event event) {
    Set<String> named = new TreeSet<>();
    if (is(event, "merged")) {
      @Nullable String ids = event.getData().get("merged_ids");
      @Nullable String one = event.getData().get("merged_id");
      if (ids != null) {
        named.addAll(List.of(ids.replaceAll("[\\[\\]\" ]", "").split(",")));
      }
      if (one != null) {
        named.add(one);
      }
    }
    return named;
  }

  private static String id(Event event) {
    return event.getRecord().getId();
  }
}

package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.event.PersonIdentity;
import io.millrace.flow.record.VisibleRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all records of one type must end as, found the naive way: everything that ever happened in
 * one list, sorted and applied from front to back.
 */
public final class NaiveRecords {
  private static final Comparator<Event> ORDER =
      Comparator.comparing(Event::getOccurredAt)
          .thenComparingInt(NaiveRecords::rank)
          .thenComparing(event -> event.getMetadata().getSequence().orElse(Long.MIN_VALUE))
          .thenComparing(event -> event.getSource() + "/" + event.getEventId());

  private final List<Event> events;
  private final Map<String, List<Event>> byRecord;
  private final Map<String, Event> merges = new HashMap<>();

  private NaiveRecords(Collection<Event> events) {
    this.events = events.stream().sorted(ORDER).toList();
    byRecord = this.events.stream().collect(Collectors.groupingBy(NaiveRecords::id));
    for (Event event : this.events) {
      for (String merged : named(event)) {
        if (!merged.equals(id(event))) {
          merges.put(merged, event);
        }
      }
    }
    breakCircles();
  }

  /** The records that can be seen, by id. */
  public static Map<String, VisibleRecord> records(Collection<Event> events) {
    NaiveRecords naive = new NaiveRecords(events);
    Map<String, VisibleRecord> records = new TreeMap<>();
    for (String id : naive.ids()) {
      if (!naive.merges.containsKey(id)) {
        naive.record(id).ifPresent(record -> records.put(id, record));
      }
    }
    return records;
  }

  private Set<String> ids() {
    Set<String> ids = new TreeSet<>(merges.keySet());
    events.forEach(event -> ids.add(id(event)));
    return ids;
  }

  /** In a circle the latest merge decides: the record it names as survivor was not merged. */
  private void breakCircles() {
    for (String start : ids()) {
      List<String> path = new ArrayList<>();
      String at = start;
      while (merges.containsKey(at) && !path.contains(at)) {
        path.add(at);
        at = id(merges.get(at));
      }
      if (path.contains(at)) {
        Event latest =
            path.subList(path.indexOf(at), path.size()).stream()
                .map(merges::get)
                .max(ORDER)
                .orElseThrow();
        merges.remove(id(latest));
      }
    }
  }

  private String end(String id) {
    String at = id;
    while (merges.containsKey(at)) {
      at = id(merges.get(at));
    }
    return at;
  }

  private Optional<VisibleRecord> record(String id) {
    Optional<Event> deleted = last(of(id), event -> is(event, "deleted"));
    List<Event> own = after(of(id), deleted);
    List<Event> all = new ArrayList<>(own);
    List<Event> joinedCreations = new ArrayList<>();
    for (String other : ids()) {
      if (!other.equals(id) && end(other).equals(id)) {
        List<Event> contributed = after(after(of(other), formerLife(other)), deleted);
        all.addAll(contributed);
        last(contributed, NaiveRecords::isCreation).ifPresent(joinedCreations::add);
      }
    }
    Optional<Event> created =
        last(own, NaiveRecords::isCreation).or(() -> joinedCreations.stream().min(ORDER));
    all.removeIf(event -> is(event, "deleted"));
    if (all.isEmpty() || (deleted.isPresent() && created.isEmpty())) {
      return Optional.empty();
    }
    all.sort(ORDER);
    return Optional.of(fold(all, created));
  }

  private static VisibleRecord fold(List<Event> all, Optional<Event> created) {
    TreeMap<String, String> fields = new TreeMap<>();
    Set<String> sources = new TreeSet<>();
    for (Event event : all) {
      sources.add(event.getSource());
      written(event)
          .forEach(
              (name, value) -> {
                if (value == null) {
                  fields.remove(name);
                } else if (!(is(event, "merged") && name.equals("merged_ids"))) {
                  fields.put(name, value);
                }
              });
    }
    Instant updatedAt = all.getLast().getOccurredAt();
    return new VisibleRecord(
        fields, List.copyOf(sources), created.map(Event::getOccurredAt), updatedAt);
  }

  private static Map<String, @Nullable String> written(Event event) {
    Map<String, @Nullable String> written = new HashMap<>(event.getData());
    boolean isPerson = List.of("lead", "contact").contains(event.getRecord().getType());
    if (isPerson && !written.containsKey("email")) {
      event
          .getPerson()
          .flatMap(PersonIdentity::getEmail)
          .ifPresent(email -> written.put("email", email));
    }
    return written;
  }

  /** The deletion that came before the creation that came before the merge. */
  private Optional<Event> formerLife(String id) {
    Event merge = merges.get(id);
    return last(of(id), event -> isCreation(event) && ORDER.compare(event, merge) <= 0)
        .flatMap(
            created ->
                last(of(id), event -> is(event, "deleted") && ORDER.compare(event, created) < 0));
  }

  private List<Event> of(String id) {
    return byRecord.getOrDefault(id, List.of());
  }

  private static Optional<Event> last(List<Event> events, Predicate<Event> wanted) {
    return events.stream().filter(wanted).max(ORDER);
  }

  private static List<Event> after(List<Event> events, Optional<Event> border) {
    return events.stream()
        .filter(event -> border.isEmpty() || ORDER.compare(event, border.get()) > 0)
        .toList();
  }

  private static Set<String> named(Event event) {
    @Nullable String ids = event.getData().get("merged_ids");
    if (ids == null || !is(event, "merged")) {
      return Set.of();
    }
    return new HashSet<>(List.of(ids.replaceAll("[\\[\\]\" ]", "").split(",")));
  }

  private static boolean is(Event event, String verb) {
    return event.getEventType().endsWith("." + verb);
  }

  private static boolean isCreation(Event event) {
    return is(event, "created") || is(event, "restored");
  }

  private static String id(Event event) {
    return event.getRecord().getId();
  }

  private static int rank(Event event) {
    return isCreation(event) ? 0 : is(event, "deleted") ? 2 : 1;
  }
}

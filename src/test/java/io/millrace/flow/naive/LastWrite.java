package io.millrace.flow.naive;

import io.millrace.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order of events, and which of several writes to a field is the last, as records.md says. */
final class LastWrite {
  static final Comparator<Event> ORDER =
      Comparator.comparing(Event::getOccurredAt)
          .thenComparingInt(LastWrite::rank)
          .thenComparing(event -> event.getMetadata().getSequence().orElse(Long.MIN_VALUE))
          .thenComparing(event -> event.getSource() + "/" + event.getEventId());

  private LastWrite() {}

  /** The last value of each field after events of one or several records; null if it is cleared. */
  static Map<String, @Nullable String> fields(Collection<Event> events) {
    Map<String, List<Event>> writes = new HashMap<>();
    for (Event event : events) {
      event
          .getData()
          .keySet()
          .forEach(name -> writes.computeIfAbsent(name, first -> new ArrayList<>()).add(event));
    }
    Map<String, @Nullable String> fields = new HashMap<>();
    writes.forEach((name, all) -> fields.put(name, last(name, all).getData().get(name)));
    return fields;
  }

  static boolean is(Event event, String verb) {
    return event.getEventType().equals(event.getRecord().getType() + "." + verb);
  }

  static boolean isCreation(Event event) {
    return is(event, "created") || is(event, "restored");
  }

  private static int rank(Event event) {
    return isCreation(event) ? 0 : is(event, "deleted") ? 2 : 1;
  }

  /** Of several writes to a field, the last. */
  static Event last(String name, List<Event> writes) {
    Event greatest = writes.stream().max(ORDER).orElseThrow();
    List<Event> tied =
        writes.stream().filter(write -> instant(write).equals(instant(greatest))).toList();
    List<Event> part = new ArrayList<>();
    tied.stream().filter(write -> leads(write, name)).forEach(part::add);
    tied.stream().filter(write -> !leads(write, name)).max(ORDER).ifPresent(part::add);
    return part.stream()
        .filter(write -> isOpen(write.getData().get(name), name, part))
        .max(ORDER)
        .or(() -> part.stream().max(ORDER))
        .orElseThrow();
  }

  private static String instant(Event event) {
    return "%s %d %s %s"
        .formatted(
            event.getOccurredAt(),
            rank(event),
            event.getMetadata().getSequence(),
            event.getSource());
  }

  private static boolean leads(Event write, String name) {
    @Nullable String before = write.getPrevious().get(name);
    @Nullable String after = write.getData().get(name);
    return write.getPrevious().containsKey(name)
        && !Optional.ofNullable(before).equals(Optional.ofNullable(after))
        && !isNested(before)
        && !isNested(after);
  }

  private static boolean isNested(@Nullable String value) {
    return value != null && (value.startsWith("[") || value.startsWith("{"));
  }

  private static boolean isOpen(@Nullable String value, String name, List<Event> part) {
    Set<String> comeFrom = new LinkedHashSet<>();
    Set<String> goTo = new LinkedHashSet<>();
    for (Event write : part) {
      if (leads(write, name) && same(write.getData().get(name), value)) {
        comeFrom.add(write.getPrevious().get(name) + "!");
      }
      if (leads(write, name) && same(write.getPrevious().get(name), value)) {
        goTo.add(write.getData().get(name) + "!");
      }
    }
    int written = Math.max(1, comeFrom.size());
    return written > goTo.size();
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return Optional.ofNullable(one).equals(Optional.ofNullable(other));
  }
}

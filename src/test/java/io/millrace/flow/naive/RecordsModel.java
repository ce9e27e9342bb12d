package io.millrace.flow.naive;

import io.millrace.event.CrmLead;
import io.millrace.event.Event;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a lead must end as, found the naive way: one sorted list, applied from front to back. */
public final class RecordsModel {
  private static final Comparator<Event> ORDER =
      Comparator.comparing(Event::getOccurredAt)
          .thenComparingInt(RecordsModel::rank)
          .thenComparing(event -> event.getMetadata().getSequence().orElse(Long.MIN_VALUE))
          .thenComparing(event -> event.getSource() + "/" + event.getEventId());

  private RecordsModel() {}

  public static Optional<CrmLead> lead(String id, Collection<Event> events) {
    Map<String, String> fields = new TreeMap<>();
    TreeSet<String> sources = new TreeSet<>();
    Optional<Event> created = Optional.empty();
    Optional<Event> latest = Optional.empty();
    boolean deleted = false;
    for (Event event : events.stream().sorted(ORDER).toList()) {
      if (event.getEventType().equals("lead.deleted")) {
        fields.clear();
        sources.clear();
        created = Optional.empty();
        latest = Optional.empty();
        deleted = true;
        continue;
      }
      if (event.getEventType().equals("lead.created")) {
        created = Optional.of(event);
        deleted = false;
      }
      latest = Optional.of(event);
      sources.add(event.getSource());
      event.getData().forEach((name, value) -> write(fields, name, value));
    }
    if (deleted || latest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        CrmLead.newBuilder()
            .setId(id)
            .setStatus(fields.remove("status"))
            .setOwner(fields.remove("owner"))
            .setFields(fields)
            .setSources(List.copyOf(sources))
            .setCreatedAt(created.map(Event::getOccurredAt).orElse(null))
            .setUpdatedAt(latest.get().getOccurredAt())
            .build());
  }

  private static void write(Map<String, String> fields, String name, String value) {
    if (value == null) {
      fields.remove(name);
    } else {
      fields.put(name, value);
    }
  }

  private static int rank(Event event) {
    return switch (event.getEventType()) {
      case "lead.created" -> 0;
      case "lead.deleted" -> 2;
      default -> 1;
    };
  }
}

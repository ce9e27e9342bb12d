package io.millrace.flow.naive;

import io.millrace.event.CrmLead;
import io.millrace.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a lead must end as, found the naive way: one sorted list, applied from front to back. */
public final class RecordsModel {
  private RecordsModel() {}

  public static Optional<CrmLead> lead(String id, Collection<Event> events) {
    List<Event> kept = new ArrayList<>();
    TreeSet<String> sources = new TreeSet<>();
    Optional<Event> created = Optional.empty();
    Optional<Event> latest = Optional.empty();
    boolean deleted = false;
    for (Event event : events.stream().sorted(LastWrite.ORDER).toList()) {
      if (LastWrite.is(event, "deleted")) {
        kept.clear();
        sources.clear();
        created = Optional.empty();
        latest = Optional.empty();
        deleted = true;
        continue;
      }
      if (LastWrite.isCreation(event)) {
        created = Optional.of(event);
        deleted = false;
      }
      latest = Optional.of(event);
      sources.add(event.getSource());
      kept.add(event);
    }
    if (deleted || latest.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> fields = new TreeMap<>(LastWrite.fields(kept));
    fields.values().removeIf(Objects::isNull);
    return Optional.of(
        CrmLead.newBuilder()
            .setId(id)
            .setSystemId(id)
            .setStatus(fields.remove("status"))
            .setOwner(fields.remove("owner"))
            .setFields(fields)
            .setSources(List.copyOf(sources))
            .setCreatedAt(created.map(Event::getOccurredAt).orElse(null))
            .setUpdatedAt(latest.get().getOccurredAt())
            .build());
  }
}

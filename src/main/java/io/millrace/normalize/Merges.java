package io.millrace.normalize;

import io.millrace.event.Event;
import io.millrace.model.EventOrder;
import io.millrace.model.MergedIds;
import io.millrace.model.SystemId;
import io.millrace.normalize.mapping.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records that a merge names, which are in the same system as its own record. */
final class Merges {
  private Merges() {}

  /**
   * Writes the ids of a merge's other records with their system.
   *
   * <p>Modifies a new event in place, before it is shared: copying it would require Avro to load
   * classes by name, which it does only for trusted packages.
   */
  static void qualify(Event event, String system) {
    if (EventOrder.isMerge(event)) {
      Map<String, @Nullable String> data = new HashMap<>(event.getData());
      data.computeIfPresent(MergedIds.LIST, (name, ids) -> list(ids, system));
      data.computeIfPresent(MergedIds.ONE, (name, id) -> one(id, system));
      data.computeIfPresent(MergedIds.INTO, (name, id) -> one(id, system));
      event.put("data", data);
    }
  }

  private static String list(String ids, String system) {
    if (!MergedIds.isList(ids)) {
      return one(ids, system);
    }
    try {
      List<Json> elements =
          MergedIds.inList(ids).stream().<Json>map(id -> Json.Text.of(one(id, system))).toList();
      return new Json.Items(elements, Json.Span.NONE).text();
    } catch (IOException unreadable) {
      // The event becomes a dead letter later, with what its sender wrote.
      return ids;
    }
  }

  /** A blank text names no record. */
  private static String one(String id, String system) {
    return id.isBlank() ? id : new SystemId(system, id).text();
  }

  /** The other records of a merge whose ids have their system; none if they cannot be read. */
  static List<SystemId> others(Event event) {
    List<String> ids = new ArrayList<>();
    try {
      Optional<String> list = named(event, MergedIds.LIST);
      ids.addAll(
          list.isPresent() && MergedIds.isList(list.get())
              ? MergedIds.inList(list.get())
              : list.stream().toList());
    } catch (IOException unreadable) {
      return List.of();
    }
    named(event, MergedIds.ONE).ifPresent(ids::add);
    named(event, MergedIds.INTO).ifPresent(ids::add);
    ids.remove(event.getRecord().getId());
    return ids.stream().distinct().map(SystemId::of).toList();
  }

  private static Optional<String> named(Event event, String field) {
    return Optional.ofNullable(event.getData().get(field)).filter(id -> !id.isBlank());
  }
}

package io.millrace.flow.record;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A record as its readers see it.
 *
 * @param fields every field that has a value, by canonical name; must not be modified afterwards
 * @param sources the sources that wrote to it, sorted
 * @param createdAt when it was created, if that is known
 * @param updatedAt time of its latest event
 */
public record VisibleRecord(
    SortedMap<String, String> fields,
    List<String> sources,
    Optional<Instant> createdAt,
    Instant updatedAt) {

  public VisibleRecord {
    fields = Collections.unmodifiableSortedMap(fields);
    sources = List.copyOf(sources);
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The fields without the named ones, sorted so that their bytes are always the same. */
  Map<String, String> fieldsWithout(List<String> names) {
    Map<String, String> rest = new TreeMap<>(fields);
    names.forEach(rest::remove);
    return rest;
  }
}

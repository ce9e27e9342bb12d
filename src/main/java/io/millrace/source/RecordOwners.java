package io.millrace.source;

import io.millrace.normalize.mapping.RecordIds;
import io.millrace.yaml.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Refuses two sources that could write one record although nobody said that they share its ids: two
 * CRMs both count from 1, and the contacts 101 of both would become one.
 */
final class RecordOwners {
  private RecordOwners() {}

  /**
   * The faults of a set of sources: at most one for each source, about one before it.
   *
   * @param sources by their files, in order
   */
  static Map<Path, Fault> faults(Map<Path, Source> sources) {
    Map<Path, Fault> faults = new LinkedHashMap<>();
    List<Source> before = new ArrayList<>();
    sources.forEach(
        (file, source) -> {
          before.stream()
              .filter(other -> collide(other, source))
              .findFirst()
              .ifPresent(other -> faults.put(file, fault(file, other, source)));
          before.add(source);
        });
    return faults;
  }

  private static boolean collide(Source one, Source other) {
    return !isSeparate(one)
        && !isSeparate(other)
        && !(isShared(one) && isShared(other))
        && ((writesAny(one) && writesAny(other)) || !common(one, other).isEmpty());
  }

  private static boolean isSeparate(Source source) {
    return source.staging() || source.mapping().recordIds().equals(Optional.of(RecordIds.OWN));
  }

  private static boolean isShared(Source source) {
    return source.mapping().recordIds().equals(Optional.of(RecordIds.SHARED));
  }

  private static boolean writesAny(Source source) {
    return source.provider().events().writesAnyRecords(source.mapping().types());
  }

  private static SortedSet<String> common(Source one, Source other) {
    SortedSet<String> common = new TreeSet<>(known(one));
    common.retainAll(known(other));
    return common;
  }

  private static Set<String> known(Source source) {
    return source.provider().events().knownRecordTypes(source.mapping().types());
  }

  private static Fault fault(Path file, Source other, Source source) {
    SortedSet<String> common = common(other, source);
    return new Fault(
        file.toString(),
        "the sources %s and %s can both write records%s, and the same id would be one record"
            .formatted(
                other.name(),
                source.name(),
                common.isEmpty() ? "" : " of the type " + String.join(", ", common)),
        ("add to the mapping of one of them recordIds: own (its ids then begin with its name: %s:101),"
                + " or to both recordIds: shared if the same id is the same record in both")
            .formatted(source.name()));
  }
}

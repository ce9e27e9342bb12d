package io.millrace.source;

import io.millrace.yaml.Fault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses a source in production that shares its ids with one for tests. */
final class SharedSystems {
  private SharedSystems() {}

  /**
   * The faults of a set of sources: at most one for each.
   *
   * @param sources by their files
   */
  static Map<Path, Fault> faults(Map<Path, Source> sources) {
    Set<String> forTests =
        sources.values().stream()
            .filter(Source::staging)
            .map(Source::name)
            .collect(Collectors.toUnmodifiableSet());
    Map<Path, Fault> faults = new LinkedHashMap<>();
    sources.forEach(
        (file, source) -> {
          if (!source.staging() && forTests.contains(source.system())) {
            faults.put(
                file,
                new Fault(
                    file.toString(),
                    "its system %s is a staging source, whose records are those of tests"
                        .formatted(source.system()),
                    "name another system, or remove staging: true there"));
          }
        });
    return faults;
  }
}

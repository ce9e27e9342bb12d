package io.millrace.edge;

import io.millrace.rule.Reason;
import io.millrace.source.Sources;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every source the edge takes deliveries for. */
final class ConnectedSources {
  private final Map<String, ConnectedSource> byName;

  ConnectedSources(Sources sources) {
    byName =
        sources.all().stream()
            .map(ConnectedSource::of)
            .collect(Collectors.toUnmodifiableMap(ConnectedSource::name, Function.identity()));
  }

  Optional<ConnectedSource> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Says no more than that: which sources there are is nobody's business. */
  static RefusedException unknown() {
    return Problem.of(
            Reason.UNKNOWN_SOURCE,
            "No source is connected at this path; check the address given to the sender")
        .toException();
  }
}

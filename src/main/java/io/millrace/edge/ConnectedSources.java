package io.millrace.edge;

import io.millrace.rule.Reason;
import io.millrace.source.Sources;
import io.millrace.verify.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every source the edge takes deliveries for. */
final class ConnectedSources {
  private final Map<String, ConnectedSource> byName;

  ConnectedSources(Sources sources) {
    byName =
        sources.all().stream()
            .map(ConnectedSource::of)
            .collect(Collectors.toUnmodifiableMap(ConnectedSource::name, Function.identity()));
  }

  /** The value of every secret of every source. */
  Stream<String> secrets() {
    return byName.values().stream()
        .flatMap(connected -> connected.source().secrets().stream())
        .map(Secret::value);
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

package io.millrace.edge.admit;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.model.Reason;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import io.millrace.verify.Secret;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All sources the edge accepts deliveries for. They are replaced all at once; a request in progress
 * keeps the source it found.
 */
public final class ConnectedSources {
  private volatile Map<String, ConnectedSource> byName;

  public ConnectedSources(Sources sources) {
    byName = connect(sources, Map.of());
  }

  public void replace(Sources sources) {
    byName = connect(sources, byName);
  }

  /** A source that has not changed is kept, together with its captured secret. */
  private static Map<String, ConnectedSource> connect(
      Sources sources, Map<String, ConnectedSource> before) {
    return sources.all().stream()
        .map(
            source ->
                Optional.ofNullable(before.get(source.name()))
                    .filter(known -> known.source().equals(source))
                    .orElseGet(() -> ConnectedSource.of(source)))
        .collect(Collectors.toUnmodifiableMap(ConnectedSource::name, Function.identity()));
  }

  public List<Source> sources() {
    return byName.values().stream()
        .map(ConnectedSource::source)
        .sorted(Comparator.comparing(Source::name))
        .toList();
  }

  /** The value of every secret of every source. */
  public Stream<String> secrets() {
    return byName.values().stream()
        .flatMap(connected -> connected.captured().secrets().stream())
        .map(Secret::value);
  }

  public Optional<ConnectedSource> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<ConnectedSource> all() {
    return byName.values();
  }

  /** The answer does not reveal which sources exist. */
  public static ProblemException unknown() {
    return Problem.of(
            Reason.UNKNOWN_SOURCE,
            "No source is connected at this path; check the URL configured at the sender")
        .toException();
  }
}

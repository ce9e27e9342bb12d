package io.millrace.flow;

import io.millrace.event.Delivery;
import io.millrace.flow.order.SourceWindows;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.field.FieldRules;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The connected sources as the flow needs them: to take their deliveries apart, and to know for how
 * long they may repeat themselves.
 */
public final class SourcesOfFlow implements DeliveryNormalizer, SourceWindows {
  /** For events of a source whose file is gone: as long as most senders retry. */
  private static final Duration WINDOW_OF_UNKNOWN = Duration.ofDays(3);

  private final Function<String, Sources> current;
  private final Normalizer normalizer;
  private final Duration longest;

  private SourcesOfFlow(Function<String, Sources> current, Sources known, FieldRules fields) {
    this.current = current;
    this.normalizer = new Normalizer(fields);
    this.longest =
        Stream.concat(Stream.of(WINDOW_OF_UNKNOWN), known.all().stream().map(Source::dedupeWindow))
            .max(Comparator.naturalOrder())
            .orElseThrow();
  }

  /** Sources that do not change. */
  public static SourcesOfFlow of(Sources sources, FieldRules fields) {
    return new SourcesOfFlow(name -> sources, sources, fields);
  }

  /**
   * Sources that may change while the flow runs.
   *
   * @param current the sources as they are now, for an event or a delivery of the named one
   * @param known those at the start, whose longest window says how long ids are kept
   */
  public static SourcesOfFlow live(
      Function<String, Sources> current, Sources known, FieldRules fields) {
    return new SourcesOfFlow(current, known, fields);
  }

  @Override
  public List<Normalized> normalize(Delivery delivery, int partition, long offset) {
    return normalizer.normalize(current.apply(delivery.getSource()), delivery, partition, offset);
  }

  @Override
  public Duration dedupe(String source) {
    return current.apply(source).find(source).map(Source::dedupeWindow).orElse(WINDOW_OF_UNKNOWN);
  }

  @Override
  public Duration longestDedupe() {
    return longest;
  }

  @Override
  public Optional<Duration> reorder(String source) {
    return current.apply(source).find(source).flatMap(Source::reorderWindow);
  }
}

package io.millrace.flow;

import io.millrace.event.Delivery;
import io.millrace.flow.order.SourceWindows;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The connected sources as the flow needs them: to normalize their deliveries, and to look up their
 * dedupe windows.
 */
public final class FlowSources implements DeliveryNormalizer, SourceWindows {
  /** For events of a source whose file was removed: as long as most senders retry. */
  private static final Duration WINDOW_OF_UNKNOWN = Duration.ofDays(3);

  private final Function<String, Sources> current;
  private final Normalizer normalizer;
  private final Duration longest;

  private FlowSources(Function<String, Sources> current, Sources known, NormalizeRules rules) {
    this.current = current;
    this.normalizer = new Normalizer(rules);
    this.longest =
        Stream.concat(Stream.of(WINDOW_OF_UNKNOWN), known.all().stream().map(Source::dedupeWindow))
            .max(Comparator.naturalOrder())
            .orElseThrow();
  }

  /** Sources that do not change. */
  public static FlowSources of(Sources sources, NormalizeRules rules) {
    return new FlowSources(name -> sources, sources, rules);
  }

  /**
   * Sources that may change while the flow runs.
   *
   * @param current the current sources, for an event or a delivery of the named source
   * @param known the sources at the start; their longest window determines how long ids are kept
   */
  public static FlowSources live(
      Function<String, Sources> current, Sources known, NormalizeRules rules) {
    return new FlowSources(current, known, rules);
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

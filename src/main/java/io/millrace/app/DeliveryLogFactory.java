package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.config.Config;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.CompletenessMark;
import io.millrace.kafka.read.TopicWriter;
import java.util.Optional;
import java.util.function.Predicate;

/** Opens the log that the edge writes to. */
@FunctionalInterface
public interface DeliveryLogFactory {

  /**
   * Opens a log; one that is {@link AutoCloseable} is closed once the edge has stopped.
   *
   * @param spreads whether the deliveries of a source, by its name, may be spread over partitions;
   *     may change while the log is open
   * @throws CommandException if it cannot be opened, saying what to check
   */
  DeliveryLog open(Config config, MeterRegistry registry, Predicate<String> spreads);

  /** Where the edge reports how complete the log is; empty unless the log is a topic. */
  default Optional<TopicWriter<CompletenessMark>> marks(Config config) {
    return Optional.empty();
  }
}

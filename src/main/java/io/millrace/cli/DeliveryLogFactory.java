package io.millrace.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.Config;
import io.millrace.edge.DeliveryLog;

/** Opens the log that the edge writes to. */
@FunctionalInterface
public interface DeliveryLogFactory {

  /**
   * Opens a log; one that is {@link AutoCloseable} is closed once the edge has stopped.
   *
   * @throws CommandException if it cannot be opened, saying what to check
   */
  DeliveryLog open(Config config, MeterRegistry registry);
}

package io.millrace.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.spool.testing.FakeTopic;
import io.millrace.spool.testing.SpoolFixture;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Everything the spool measures. */
public final class SpoolMeters {
  private static final String SOURCE = "forms";

  private SpoolMeters() {}

  /**
   * Registers them.
   *
   * @param folder empty, for the spool
   */
  public static void register(MeterRegistry registry, Path folder) {
    SpoolSettings settings = new SpoolSettings(folder, SpoolFixture.PLENTY, Duration.ofMillis(50));
    SpoolingDeliveryLog.open(
            new FakeTopic().connect(),
            source -> true,
            settings,
            Duration.ofMillis(300),
            registry,
            Clock.systemUTC())
        .close();
    SpoolMetrics metrics = new SpoolMetrics(registry);
    metrics.spooled(SOURCE);
    metrics.drained(SOURCE);
    metrics.refused(SOURCE);
    metrics.setAside(SOURCE);
  }
}

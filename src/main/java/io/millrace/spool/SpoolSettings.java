package io.millrace.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the spool lies and how much it takes.
 *
 * @param directory made when it is needed, for its owner alone
 * @param limitBytes how many bytes of deliveries may wait, at least 1; on disk they may take twice
 *     that for a while
 * @param patience how long Kafka may take to acknowledge before a delivery is spooled too
 */
public record SpoolSettings(Path directory, long limitBytes, Duration patience) {
  public SpoolSettings {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("limitBytes must be at least 1, not " + limitBytes);
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience must be positive, not " + patience);
    }
  }
}

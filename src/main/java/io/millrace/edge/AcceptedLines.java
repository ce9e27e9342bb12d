package io.millrace.edge;

import io.millrace.model.LogField;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs accepted deliveries. The first {@value #LISTED_A_SECOND} of each second get a line each, the
 * rest are counted: under load, a line per delivery is 100 MB a minute and a tenth of the cost of
 * an acknowledgement. At level DEBUG every delivery gets a line. Thread-safe.
 */
final class AcceptedLines {
  static final int LISTED_A_SECOND = 100;

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedLines.class);

  private final AtomicInteger accepted = new AtomicInteger();

  /**
   * @param clock logs the number of unlisted deliveries once a second, until it is shut down
   */
  AcceptedLines(ScheduledExecutorService clock) {
    // It ends with the executor.
    var unused = clock.scheduleWithFixedDelay(this::endSecond, 1, 1, TimeUnit.SECONDS);
  }

  /** Logs a delivery, or counts it. */
  void add(String deliveryId, String source, String bodyHash) {
    boolean isListed = accepted.incrementAndGet() <= LISTED_A_SECOND;
    LOG.atLevel(isListed ? Level.INFO : Level.DEBUG)
        .addKeyValue(LogField.DELIVERY_ID, deliveryId)
        .addKeyValue(LogField.SOURCE, source)
        .addKeyValue(LogField.BODY_SHA256, bodyHash)
        .log("Accepted a delivery");
  }

  /** Logs how many deliveries were not listed, and resets the count. */
  void endSecond() {
    int more = accepted.getAndSet(0) - LISTED_A_SECOND;
    if (more > 0 && !LOG.isDebugEnabled()) {
      LOG.info(
          "Accepted {} more deliveries in the last second, which are not listed individually;"
              + " set the level of {} to DEBUG for one line per delivery",
          more,
          AcceptedLines.class.getName());
    }
  }
}

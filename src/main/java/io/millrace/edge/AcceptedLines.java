package io.millrace.edge;

import io.millrace.model.LogField;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log lines of accepted deliveries. A second's first {@value #LISTED_A_SECOND} are listed, the
 * rest is counted: under load a line for each is 100 MB a minute, and a tenth of what an
 * acknowledgement costs. At level DEBUG each is listed. Safe for use by many threads.
 */
final class AcceptedLines {
  static final int LISTED_A_SECOND = 100;

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedLines.class);

  private final AtomicInteger accepted = new AtomicInteger();

  /**
   * @param clock tells what was not listed, once a second, until it is shut down
   */
  AcceptedLines(ScheduledExecutorService clock) {
    // It ends with the executor.
    var unused = clock.scheduleWithFixedDelay(this::endSecond, 1, 1, TimeUnit.SECONDS);
  }

  /** Lists a delivery, or counts it. */
  void add(String deliveryId, String source, String bodyHash) {
    boolean isListed = accepted.incrementAndGet() <= LISTED_A_SECOND;
    LOG.atLevel(isListed ? Level.INFO : Level.DEBUG)
        .addKeyValue(LogField.DELIVERY_ID, deliveryId)
        .addKeyValue(LogField.SOURCE, source)
        .addKeyValue(LogField.BODY_SHA256, bodyHash)
        .log("Accepted a delivery");
  }

  /** Begins to count anew. */
  void endSecond() {
    int more = accepted.getAndSet(0) - LISTED_A_SECOND;
    if (more > 0 && !LOG.isDebugEnabled()) {
      LOG.info(
          "Accepted {} more deliveries in the last second, which are not listed one by one;"
              + " set the level of {} to DEBUG to have a line for each",
          more,
          AcceptedLines.class.getName());
    }
  }
}

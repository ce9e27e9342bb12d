package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AcceptedLinesTest {
  private static final int DELIVERIES = AcceptedLines.LISTED_A_SECOND + 50;

  private final Logger logger = (Logger) LoggerFactory.getLogger(AcceptedLines.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

  @BeforeEach
  void listen() {
    // Shut down before its first second is over: the test ends the seconds itself.
    clock.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    clock.shutdownNow();
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void countsWhatItDoesNotList() {
    AcceptedLines accepted = lines(Level.INFO);

    accept(DELIVERIES, accepted);
    accepted.endSecond();
    accept(1, accepted);
    accepted.endSecond();

    assertThat(lines.list).hasSize(AcceptedLines.LISTED_A_SECOND + 1 + 1);
    assertThat(lines.list.get(AcceptedLines.LISTED_A_SECOND).getFormattedMessage())
        .startsWith("Accepted 50 more deliveries")
        .contains("DEBUG");
    assertThat(lines.list.getLast().getKeyValuePairs()).hasSize(3);
  }

  @Test
  void listsAllOfThemWhenAskedTo() {
    AcceptedLines accepted = lines(Level.DEBUG);

    accept(DELIVERIES, accepted);
    accepted.endSecond();

    assertThat(lines.list)
        .hasSize(DELIVERIES)
        .allMatch(line -> line.getFormattedMessage().equals("Accepted a delivery"));
  }

  private AcceptedLines lines(Level level) {
    logger.setLevel(level);
    AcceptedLines accepted = new AcceptedLines(clock);
    clock.shutdown();
    return accepted;
  }

  private static void accept(int times, AcceptedLines accepted) {
    for (int i = 0; i < times; i++) {
      accepted.add("delivery-" + i, "shop", "0011aabb");
    }
  }
}

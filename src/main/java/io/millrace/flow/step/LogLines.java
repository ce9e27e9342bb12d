package io.millrace.flow.step;

import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.model.LogField;
import org.slf4j.spi.LoggingEventBuilder;

/** Adds the event to a log line, in the same fields that the edge uses for deliveries. */
public final class LogLines {
  private LogLines() {}

  public static LoggingEventBuilder about(LoggingEventBuilder line, Event event) {
    return about(line, event.getSource(), event.getMetadata().getLineage())
        .addKeyValue(LogField.EVENT_ID, event.getEventId());
  }

  public static LoggingEventBuilder about(LoggingEventBuilder line, DeadLetter letter) {
    LoggingEventBuilder named =
        about(line, letter.getSource(), letter.getLineage())
            .addKeyValue(LogField.REASON, letter.getReason());
    return letter.getEventId().map(id -> named.addKeyValue(LogField.EVENT_ID, id)).orElse(named);
  }

  private static LoggingEventBuilder about(
      LoggingEventBuilder line, String source, Lineage lineage) {
    return line.addKeyValue(LogField.SOURCE, source)
        .addKeyValue(LogField.DELIVERY_ID, lineage.getDeliveryId());
  }
}

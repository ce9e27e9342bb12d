package io.millrace.flow;

import io.millrace.event.OpenPane;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.engagement.AwaitContext;
import io.millrace.flow.engagement.BatchEngagement;
import io.millrace.flow.engagement.OpenPanes;
import io.millrace.flow.engagement.WaitingEngagement;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.flow.order.WaitingRoom;
import io.millrace.flow.step.StateSerde;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A step that holds events back for a while.
 *
 * @param step its node
 * @param store where it holds them
 * @param inWords what is held, for people
 * @param arrival when the first event in a value of the store arrived
 */
public record HoldingStep(
    String step, String store, String inWords, Function<byte[], Instant> arrival) {

  /** All of them; what they hold is missing from every topic behind them. */
  public static List<HoldingStep> all() {
    return List.of(
        new HoldingStep(
            SequenceRecordEvents.NAME,
            WaitingRoom.EVENTS,
            "events that wait for their turn",
            bytes -> read(WaitingEvent.class, bytes).getEvent().getReceivedAt()),
        new HoldingStep(
            AwaitContext.NAME,
            WaitingEngagement.EVENTS,
            "engagement that waits for what is to be known of its person",
            bytes -> read(WaitingEvent.class, bytes).getEvent().getReceivedAt()),
        new HoldingStep(
            BatchEngagement.NAME,
            OpenPanes.PANES,
            "minutes of engagement that are still open",
            // Of old panes nobody knows; they close within two minutes.
            bytes -> read(OpenPane.class, bytes).getFirstArrivedAt().orElse(Instant.EPOCH)));
  }

  private static <V extends SpecificRecord> V read(Class<V> type, byte[] bytes) {
    return StateSerde.of(type).deserializer().deserialize("", bytes);
  }
}

package io.millrace.flow;

import io.millrace.event.AccountDue;
import io.millrace.event.OpenPane;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.account.AccountStores;
import io.millrace.flow.account.KeepAccounts;
import io.millrace.flow.engagement.AwaitContext;
import io.millrace.flow.engagement.BatchEngagement;
import io.millrace.flow.engagement.OpenPanes;
import io.millrace.flow.engagement.WaitingEngagement;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.flow.order.WaitingRoom;
import io.millrace.flow.person.MeetPerson;
import io.millrace.flow.person.PeopleRows;
import io.millrace.flow.step.StateSerde;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A step that holds events, or what follows from them, back.
 *
 * @param step the name of its node
 * @param store the store of the held events
 * @param inWords a description of the held events
 * @param arrival the arrival time of the first event in a value of the store
 */
public record HoldingStep(
    String step, String store, String inWords, Function<byte[], Instant> arrival) {

  /** All of them. The events they hold are missing from every topic downstream. */
  public static List<HoldingStep> all() {
    return List.of(
        new HoldingStep(
            SequenceRecordEvents.NAME,
            WaitingRoom.EVENTS,
            "events waiting for their turn",
            bytes -> read(WaitingEvent.class, bytes).getEvent().getReceivedAt()),
        new HoldingStep(
            MeetPerson.NAME,
            PeopleRows.TO_WRITE,
            "rows of people with many identifiers",
            bytes -> Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong())),
        new HoldingStep(
            AwaitContext.NAME,
            WaitingEngagement.EVENTS,
            "engagement waiting for the context of its person",
            bytes -> read(WaitingEvent.class, bytes).getEvent().getReceivedAt()),
        new HoldingStep(
            BatchEngagement.NAME,
            OpenPanes.PANES,
            "minutes of engagement that are still open",
            // Panes of an older version do not have it; they close within two minutes.
            bytes -> read(OpenPane.class, bytes).getFirstArrivedAt().orElse(Instant.EPOCH)),
        new HoldingStep(
            KeepAccounts.NAME,
            AccountStores.DUE,
            "accounts that are about to be written",
            bytes -> read(AccountDue.class, bytes).getArrivedAt()));
  }

  private static <V extends SpecificRecord> V read(Class<V> type, byte[] bytes) {
    return StateSerde.of(type).deserializer().deserialize("", bytes);
  }
}

package io.millrace.flow.naive;

import io.millrace.event.ActivityMark;
import io.millrace.event.SignalMemory;
import io.millrace.flow.record.AdmittedEvent;
import io.millrace.flow.record.Effect;
import io.millrace.flow.record.ErasedRecord;
import io.millrace.flow.record.EventFilter;
import io.millrace.flow.record.HandlerStore;
import io.millrace.flow.record.RecordHandler;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import java.util.ArrayList;
import java.util.List;

/** A handler for a family of events nobody had thought of: remembers each ticket's events. */
public final class CountTickets implements RecordHandler {
  public static final String NAME = "count-tickets";
  public static final Topic<ActivityMark> TOPIC =
      new Topic<>("tickets-counted", ActivityMark.class);
  public static final HandlerStore<SignalMemory> STORE =
      new HandlerStore<>("ticket-memory", SignalMemory.class);

  /** Tickets whose events it fails on, after it has made up its mind about the store. */
  public static final String BROKEN = "broken";

  /** Tickets for which it writes to a topic it has not declared. */
  public static final String ASTRAY = "astray";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("ticket.*");
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(TOPIC);
  }

  @Override
  public List<HandlerStore<?>> stores() {
    return List.of(STORE);
  }

  @Override
  public List<Effect> decide(ErasedRecord erased, HandlerStore.Lookup stores) {
    String id = erased.record().getId();
    return List.of(new Effect.Forget(STORE, id), new Effect.End(TOPIC, id));
  }

  @Override
  public List<Effect> decide(AdmittedEvent admitted, HandlerStore.Lookup stores) {
    var event = admitted.event();
    var id = event.getRecord().getId();
    var mark = new ActivityMark(event.getOccurredAt(), event.getEventId(), "");
    var marks =
        new ArrayList<>(stores.find(STORE, id).map(SignalMemory::getMarks).orElse(List.of()));
    marks.add(mark);
    if (id.equals(BROKEN)) {
      throw new IllegalStateException("no ticket is " + id);
    }
    if (event.getEventType().equals("ticket.deleted")) {
      return List.of(new Effect.Forget(STORE, id), new Effect.End(TOPIC, id));
    }
    var memory = SignalMemory.newBuilder().setMarks(marks).setDetected(List.of()).build();
    return List.of(
        new Effect.Remember<>(STORE, id, memory),
        id.equals(ASTRAY)
            ? new Effect.End(Topics.CRM_LEADS, id)
            : new Effect.Write<>(
                TOPIC, id, new ActivityMark(mark.getOccurredAt(), text(marks.size(), mark), "")));
  }

  private static String text(int count, ActivityMark mark) {
    return count + ":" + mark.getEventId();
  }
}

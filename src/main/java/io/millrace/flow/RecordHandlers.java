package io.millrace.flow;

import io.millrace.flow.record.HandlerOutlet;
import io.millrace.flow.record.HandlerStore;
import io.millrace.flow.record.RecordHandler;
import io.millrace.flow.record.RecordUpdate;
import io.millrace.flow.record.WriteRecords;
import io.millrace.flow.stage.TrackStages;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.kafka.topic.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The registered handlers of record events.
 *
 * @param all in the order in which they receive an event
 */
public record RecordHandlers(List<RecordHandler> all) {

  /** Two handlers with the same topic or store are a mistake in the list. */
  public RecordHandlers {
    all = List.copyOf(all);
    refuseRepeated("name", all.stream().map(RecordHandler::name));
    refuseRepeated("topic", all.stream().flatMap(each -> each.topics().stream()).map(Topic::name));
    refuseRepeated(
        "store", all.stream().flatMap(each -> each.stores().stream()).map(HandlerStore::name));
  }

  /** All handlers: one for each record topic, and the others. A new handler is one line here. */
  public static RecordHandlers registered(FlowRules rules, FlowMetrics metrics) {
    List<RecordHandler> all = new ArrayList<>();
    rules.records().byType().forEach((type, topic) -> all.add(WriteRecords.of(type, topic)));
    all.add(new TrackStages(rules.lifecycles(), metrics));
    return new RecordHandlers(all);
  }

  /** These handlers and another one. */
  public RecordHandlers and(RecordHandler another) {
    List<RecordHandler> more = new ArrayList<>(all);
    more.add(another);
    return new RecordHandlers(more);
  }

  /** Connects the handlers to a step's outlet. */
  HandlerOutlet behind(Outlet<RecordUpdate> outlet) {
    return new HandlerOutlet(all, outlet);
  }

  private static void refuseRepeated(String what, Stream<String> names) {
    Set<String> seen = new HashSet<>();
    names.forEach(
        name -> {
          if (!seen.add(name)) {
            throw new IllegalArgumentException("Two handlers have the " + what + " " + name);
          }
        });
  }
}

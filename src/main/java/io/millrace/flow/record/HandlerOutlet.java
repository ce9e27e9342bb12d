package io.millrace.flow.record;

import io.millrace.flow.step.Outlet;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The connection from a step that changes records to the handlers. */
public record HandlerOutlet(List<RecordHandler> handlers, Outlet<RecordUpdate> outlet) {
  public HandlerOutlet {
    handlers = List.copyOf(handlers);
  }

  /** Forwards an admitted event to the handlers whose filter includes it. */
  void offer(
      ProcessorContext<String, ? super RecordUpdate> context, String key, AdmittedEvent admitted) {
    Record<String, RecordUpdate> update = new Record<>(key, admitted, admitted.cause().arrival());
    for (RecordHandler handler : handlers) {
      if (handler.filter().includes(admitted.event())) {
        outlet.forward(context, update, handler.name());
      }
    }
  }

  /** Forwards an erased record to every handler. */
  void offer(
      ProcessorContext<String, ? super RecordUpdate> context, String key, ErasedRecord erased) {
    outlet.forward(context, new Record<>(key, erased, erased.cause().arrival()));
  }

  /** Forwards a record that a merge changed to every handler. */
  void offer(
      ProcessorContext<String, ? super RecordUpdate> context, String key, JoinedRecord joined) {
    outlet.forward(context, new Record<>(key, joined, joined.cause().arrival()));
  }
}

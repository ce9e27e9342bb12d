package io.millrace.flow.record;

import io.millrace.flow.step.Outlet;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The way from a step that changes records to the handlers behind it. */
public record HandlerOutlet(List<RecordHandler> handlers, Outlet<Offered> outlet) {
  public HandlerOutlet {
    handlers = List.copyOf(handlers);
  }

  /** Offers an admitted event to the handlers that chose it. */
  void offer(ProcessorContext<String, ? super Offered> context, String key, Admitted admitted) {
    Record<String, Offered> offered = new Record<>(key, admitted, admitted.cause().arrival());
    for (RecordHandler handler : handlers) {
      if (handler.choice().includes(admitted.event())) {
        outlet.forward(context, offered, handler.name());
      }
    }
  }

  /** Offers a record that a merge changed to every handler. */
  void offer(ProcessorContext<String, ? super Offered> context, String key, Joined joined) {
    outlet.forward(context, new Record<>(key, joined, joined.cause().arrival()));
  }
}

package io.millrace.flow.step;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * An output of a step for values of one type. The step does not know its successors: the topology
 * attaches them before the step runs.
 */
public final class Outlet<V> {
  private final String step;
  private final List<String> nodes = new ArrayList<>();

  private Outlet(String step) {
    this.step = step;
  }

  /** An outlet of the node {@code step} without attached nodes. */
  public static <V> Outlet<V> of(String step) {
    return new Outlet<>(step);
  }

  public String step() {
    return step;
  }

  public boolean isAttached() {
    return !nodes.isEmpty();
  }

  /** Attaches a node, after those that are already attached. */
  public void attach(String node) {
    nodes.add(node);
  }

  /** Forwards a record to every attached node, in the order of attachment. */
  public void forward(ProcessorContext<String, ? super V> context, Record<String, V> record) {
    for (String node : nodes) {
      context.forward(record, node);
    }
  }

  /** Forwards a record to one of the attached nodes. */
  public void forward(
      ProcessorContext<String, ? super V> context, Record<String, V> record, String node) {
    context.forward(record, node);
  }
}

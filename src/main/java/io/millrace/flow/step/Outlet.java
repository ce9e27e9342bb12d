package io.millrace.flow.step;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Where a step hands on its values of one type. The step does not know what comes next: the
 * topology attaches the nodes that take them, before the step runs.
 */
public final class Outlet<V> {
  private final String step;
  private final List<String> nodes = new ArrayList<>();

  private Outlet(String step) {
    this.step = step;
  }

  /** An outlet of the node {@code step}, with nothing attached to it yet. */
  public static <V> Outlet<V> of(String step) {
    return new Outlet<>(step);
  }

  /** The node it belongs to. */
  public String step() {
    return step;
  }

  public boolean isAttached() {
    return !nodes.isEmpty();
  }

  /** Makes a node take what comes out, after those that are attached already. */
  public void attach(String node) {
    nodes.add(node);
  }

  /** Hands a record to every attached node, in the order they were attached. */
  public void forward(ProcessorContext<String, ? super V> context, Record<String, V> record) {
    for (String node : nodes) {
      context.forward(record, node);
    }
  }

  /** Hands a record to one of the attached nodes. */
  public void forward(
      ProcessorContext<String, ? super V> context, Record<String, V> record, String node) {
    context.forward(record, node);
  }
}

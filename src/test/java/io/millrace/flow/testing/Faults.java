package io.millrace.flow.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;

/**
 * Throws in the middle of a transaction: before a step takes a record, after it has sent something
 * on, after it is done, and from its timer. Counts how often each place is passed, so that a plan
 * can be made of what is really passed.
 */
final class Faults {
  private static final String FAULTS = "millrace.test.faults";

  private final Map<Place, Integer> passed = new HashMap<>();
  private final Map<Place, Set<Integer>> plan = new HashMap<>();
  private final List<Place> thrown = new ArrayList<>();
  private final Consequence consequence;

  Faults() {
    this(
        (place, time) -> {
          throw new InjectedException(place, time);
        });
  }

  Faults(Consequence consequence) {
    this.consequence = consequence;
  }

  /** What happens at a place the plan names. */
  interface Consequence {
    void at(Place place, int time);
  }

  /** Where in a step. */
  enum Point {
    BEFORE,
    SENT,
    AFTER,
    TIMER
  }

  /** A point of one node. */
  record Place(String node, Point point) {}

  /** What is thrown; no step expects it. */
  static final class InjectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InjectedException(Place place, int time) {
      super("Injected: " + place.node() + " " + place.point() + ", time " + time);
    }
  }

  /** Plans a fault for the n-th time a place is passed, counted over every attempt. */
  synchronized void plan(Place place, int time) {
    plan.computeIfAbsent(place, added -> new TreeSet<>()).add(time);
  }

  synchronized Map<Place, Integer> passed() {
    return Map.copyOf(passed);
  }

  synchronized List<Place> thrown() {
    return List.copyOf(thrown);
  }

  /** What is planned and did not happen yet. */
  synchronized List<Place> outstanding() {
    return plan.entrySet().stream()
        .flatMap(planned -> planned.getValue().stream().map(time -> planned.getKey()))
        .toList();
  }

  private synchronized void pass(Place place) {
    int time = passed.merge(place, 1, Integer::sum);
    if (plan.getOrDefault(place, new TreeSet<>()).remove(time)) {
      thrown.add(place);
      consequence.at(place, time);
    }
  }

  /** Every step of a role, as its description lists them. */
  static Set<String> nodes(Topology topology) {
    Set<String> nodes = new TreeSet<>();
    for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        if (node instanceof TopologyDescription.Processor) {
          nodes.add(node.name());
        }
      }
    }
    return nodes;
  }

  /** An empty topology that wraps every step put into it. */
  Topology topology() {
    Map<String, Object> settings =
        Map.of(
            "application.id",
            "unused",
            "bootstrap.servers",
            "unused:1",
            "processor.wrapper.class",
            Wrapper.class,
            FAULTS,
            this);
    return new Topology(new TopologyConfig(new StreamsConfig(settings)));
  }

  /** Made by Kafka Streams. */
  public static final class Wrapper implements ProcessorWrapper {
    private Faults faults = new Faults();

    @Override
    public void configure(Map<String, ?> settings) {
      if (settings.get(FAULTS) instanceof Faults given) {
        faults = given;
      }
    }

    @Override
    public <K, V, L, W> WrappedProcessorSupplier<K, V, L, W> wrapProcessorSupplier(
        String node, ProcessorSupplier<K, V, L, W> supplier) {
      Faults throwing = faults;
      return () -> new Faulty<>(node, supplier.get(), throwing);
    }

    @Override
    public <K, V, W> WrappedFixedKeyProcessorSupplier<K, V, W> wrapFixedKeyProcessorSupplier(
        String node, FixedKeyProcessorSupplier<K, V, W> supplier) {
      return ProcessorWrapper.asWrappedFixedKey(supplier);
    }
  }

  private static final class Faulty<K, V, L, W> implements Processor<K, V, L, W> {
    private final String node;
    private final Processor<K, V, L, W> step;
    private final Faults faults;
    private final Set<Point> sentFrom = EnumSet.noneOf(Point.class);

    Faulty(String node, Processor<K, V, L, W> step, Faults faults) {
      this.node = node;
      this.step = step;
      this.faults = faults;
    }

    @Override
    @SuppressWarnings("unchecked") // the proxy stands for the context it was made of
    public void init(ProcessorContext<L, W> context) {
      step.init(
          (ProcessorContext<L, W>)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {ProcessorContext.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals("schedule")) {
                      Punctuator timer = (Punctuator) arguments[2];
                      arguments[2] = (Punctuator) time -> run(timer, time);
                    }
                    Object answer = invoke(context, method, arguments);
                    if (method.getName().equals("forward")) {
                      sentFrom.add(Point.TIMER);
                      faults.pass(new Place(node, Point.SENT));
                    }
                    return answer;
                  }));
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
        throws Throwable {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }

    private void run(Punctuator timer, long time) {
      sentFrom.clear();
      timer.punctuate(time);
      if (!sentFrom.isEmpty()) {
        faults.pass(new Place(node, Point.TIMER));
      }
    }

    @Override
    public void process(Record<K, V> record) {
      faults.pass(new Place(node, Point.BEFORE));
      step.process(record);
      faults.pass(new Place(node, Point.AFTER));
    }

    @Override
    public void close() {
      step.close();
    }
  }
}

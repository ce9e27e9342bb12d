package io.millrace.flow;

import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RequiredValue;
import io.millrace.flow.step.ValueOrTombstone;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Builds the topology of a role from its steps. Each step declares its inputs, its stores and the
 * topics it writes. Every edge is declared once; shared stores and the writers of a topic are
 * collected from the steps.
 */
final class RoleBuilder {
  private final Topology topology;
  private final TopicSerdes serdes;
  private final List<Outlet<?>> outlets = new ArrayList<>();
  private final Map<Topic<?>, List<String>> writers = new LinkedHashMap<>();
  private final Map<StoreBuilder<?>, List<String>> users = new LinkedHashMap<>();

  /** Builds into {@code topology}, whose configuration may wrap every step. */
  RoleBuilder(Topology topology, TopicSerdes serdes) {
    this.topology = topology;
    this.serdes = serdes;
  }

  <V extends SpecificRecord> Outlet<V> read(Topic<V> topic) {
    String node = Nodes.read(topic);
    topology.addSource(
        node,
        new StringDeserializer(),
        new RequiredValue<>(serdes.values(topic).deserializer()),
        topic.name());
    return outlet(node);
  }

  /**
   * Reads a whole compacted topic in every process, into a store in memory.
   *
   * @param follower follows the topic with the store
   */
  <V extends SpecificRecord> void follow(
      Topic<V> topic,
      StoreBuilder<?> store,
      String name,
      ProcessorSupplier<String, V, Void, Void> follower) {
    topology.addGlobalStore(
        store,
        Nodes.read(topic),
        new StringDeserializer(),
        new ValueOrTombstone<>(serdes.values(topic).deserializer()),
        topic.name(),
        name,
        follower);
  }

  /** Reads a compacted topic, whose steps handle tombstones: records without a value. */
  <V extends SpecificRecord> Outlet<V> readRows(Topic<V> topic) {
    String node = Nodes.read(topic);
    topology.addSource(
        node, new StringDeserializer(), serdes.values(topic).deserializer(), topic.name());
    return outlet(node);
  }

  /** A new outlet of a step, which a later step must read from. */
  <V> Outlet<V> outlet(String step) {
    Outlet<V> outlet = Outlet.of(step);
    outlets.add(outlet);
    return outlet;
  }

  /** Adds a step behind an outlet. */
  <V, O> Step step(String name, Outlet<V> from, ProcessorSupplier<String, V, String, O> supplier) {
    return step(name, List.of(from), supplier);
  }

  /** Adds a step behind several outlets, whose values may be of several types. */
  <V, O> Step step(
      String name,
      List<? extends Outlet<? extends V>> from,
      ProcessorSupplier<String, V, String, O> supplier) {
    from.forEach(outlet -> outlet.attach(name));
    topology.addProcessor(name, supplier, from.stream().map(Outlet::step).toArray(String[]::new));
    return new Step(name);
  }

  /**
   * The topology with its stores and output topics.
   *
   * @throws IllegalStateException if no step reads from an outlet, so that its values would be lost
   */
  Topology build() {
    for (Outlet<?> outlet : outlets) {
      if (!outlet.isAttached()) {
        throw new IllegalStateException("No step reads the output of " + outlet.step());
      }
    }
    users.forEach((store, steps) -> topology.addStateStore(store, steps.toArray(String[]::new)));
    writers.forEach(this::write);
    return topology;
  }

  private <V extends SpecificRecord> void write(Topic<V> topic, List<String> steps) {
    topology.addSink(
        Nodes.write(topic),
        topic.name(),
        new StringSerializer(),
        serdes.values(topic).serializer(),
        steps.toArray(String[]::new));
  }

  /** A step that was added. */
  final class Step {
    private final String name;

    private Step(String name) {
      this.name = name;
    }

    /** Adds a store to the step; several steps share a store by using the same builder. */
    Step uses(StoreBuilder<?> store) {
      users.computeIfAbsent(store, added -> new ArrayList<>()).add(name);
      return this;
    }

    /** Adds topics that the step writes. */
    Step writes(Topic<?>... topics) {
      for (Topic<?> topic : topics) {
        writers.computeIfAbsent(topic, added -> new ArrayList<>()).add(name);
      }
      return this;
    }
  }
}

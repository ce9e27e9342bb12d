package io.millrace.flow;

import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * How many RocksDB instances a role opens: one per store and partition, several for window stores.
 */
public final class StoreInstances {
  private StoreInstances() {}

  /**
   * The instances of a process that has every partition of a role, as the last remaining process
   * does.
   *
   * @param partitions the number of partitions of a topic
   */
  public static long of(Topology role, ToIntFunction<String> partitions) {
    long instances = 0;
    for (TopologyDescription.Subtopology part : role.describe().subtopologies()) {
      int most = 0;
      Set<String> stores = new HashSet<>();
      for (TopologyDescription.Node node : part.nodes()) {
        switch (node) {
          case TopologyDescription.Source source -> {
            for (String topic : source.topicSet()) {
              most = Math.max(most, partitions.applyAsInt(topic));
            }
          }
          case TopologyDescription.Processor processor -> stores.addAll(processor.stores());
          default -> {}
        }
      }
      instances += most * stores.stream().mapToLong(MillraceTopology::instancesOf).sum();
    }
    return instances;
  }
}

package io.millrace.identity;

import io.millrace.event.GraphNode;
import io.millrace.flow.step.StateSerde;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/** The rows of a graph as bytes in memory, as a store has them. */
final class GraphRows implements GraphStore {
  private static final Serde<GraphNode> SERDE = StateSerde.of(GraphNode.class);

  private final Map<String, byte[]> rows = new HashMap<>();
  private long written;
  private long reads;

  @Override
  public Optional<GraphNode> find(String id) {
    reads++;
    return Optional.ofNullable(rows.get(id)).map(row -> SERDE.deserializer().deserialize("", row));
  }

  @Override
  public void put(String id, GraphNode row) {
    byte[] bytes = SERDE.serializer().serialize("", row);
    written += bytes.length;
    rows.put(id, bytes);
  }

  /** Bytes of everything that was ever written. */
  long written() {
    return written;
  }

  long reads() {
    return reads;
  }

  /** Bytes of all rows. */
  long size() {
    return rows.values().stream().mapToLong(row -> row.length).sum();
  }

  int count() {
    return rows.size();
  }
}

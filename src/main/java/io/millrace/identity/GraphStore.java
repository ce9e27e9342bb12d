package io.millrace.identity;

import io.millrace.event.GraphNode;
import java.util.Optional;

/** Where the rows of the graph are kept, by the opaque ids of identifiers. */
public interface GraphStore {
  Optional<GraphNode> find(String id);

  void put(String id, GraphNode row);
}

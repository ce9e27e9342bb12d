package io.millrace.identity;

import io.millrace.event.GraphNode;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.LinkedIdentifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identifiers of the graph, with the recently used ones in memory. What an input changes is
 * written when all of it has been worked out.
 */
final class Nodes {
  private final GraphStore store;
  private final GraphLimits limits;
  private final int mostInMemory;
  private final LinkedHashMap<String, Known> recent = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Known> changed = new LinkedHashMap<>();

  /** Identifiers without a row that were looked at. */
  private final Map<String, Known> added = new HashMap<>();

  Nodes(GraphStore store, GraphLimits limits, int mostInMemory) {
    this.store = store;
    this.limits = limits;
    this.mostInMemory = mostInMemory;
  }

  /** An identifier, and its assignment as it was last written. */
  private static final class Known {
    private final Node node;
    private Optional<IdentityAssignment> written;

    Known(Node node, Optional<IdentityAssignment> written) {
      this.node = node;
      this.written = written;
    }
  }

  Optional<Node> find(String id) {
    return known(id).map(known -> known.node);
  }

  /** An identifier that has a row. */
  Node get(String id) {
    return find(id)
        .orElseThrow(
            () -> new IllegalStateException("The graph has no row of the identifier " + id));
  }

  /**
   * An identifier, added if it is new.
   *
   * @throws IllegalArgumentException if one of another kind or system has the id
   */
  Node getOrAdd(LinkedIdentifier identifier) {
    Optional<Node> known = find(identifier.getId());
    if (known.isPresent() && !known.get().identifier().equals(identifier)) {
      throw new IllegalArgumentException(
          "The identifier %s was of the kind %s before, not %s"
              .formatted(
                  identifier.getId(), known.get().identifier().getKind(), identifier.getKind()));
    }
    return known.orElseGet(
        () -> {
          Node node = new Node(identifier, limits);
          added.put(node.id(), new Known(node, Optional.empty()));
          return node;
        });
  }

  private Optional<Known> known(String id) {
    Known known = added.get(id);
    if (known == null) {
      known = recent.get(id);
    }
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Known> loaded = store.find(id).map(this::load);
    loaded.ifPresent(each -> recent.put(id, each));
    return loaded;
  }

  private Known load(GraphNode row) {
    return new Known(NodeRows.node(row, limits), Optional.of(row.getAssignment()));
  }

  /** Notes that an identifier is to be written. */
  void changed(Node node) {
    known(node.id()).ifPresent(known -> changed.put(node.id(), known));
  }

  void settle(Node node, Standing to, Reach reach, Tally has) {
    if (node.settle(to, reach, has)) {
      changed(node);
    }
  }

  /**
   * Writes every changed identifier.
   *
   * @return the changed assignments
   */
  List<AssignmentChange> write() {
    List<AssignmentChange> changes = new ArrayList<>();
    for (Map.Entry<String, Known> entry : changed.entrySet()) {
      Known known = entry.getValue();
      Optional<IdentityAssignment> before = known.written;
      boolean isSame =
          before.map(NodeRows::standing).filter(known.node.standing()::equals).isPresent();
      if (!isSame) {
        long number = before.map(IdentityAssignment::getNumber).orElse(0L) + 1;
        IdentityAssignment after = NodeRows.assignment(known.node, number);
        changes.add(new AssignmentChange(before, after));
        known.written = Optional.of(after);
      }
      store.put(entry.getKey(), NodeRows.row(known.node, known.written.orElseThrow()));
      recent.put(entry.getKey(), known);
    }
    forget();
    return changes;
  }

  private void forget() {
    changed.clear();
    added.clear();
    var oldest = recent.entrySet().iterator();
    while (recent.size() > mostInMemory && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Forgets what is in memory after a failure: the rows are as they were. */
  void discard() {
    changed.clear();
    added.clear();
    recent.clear();
  }
}

package io.millrace.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a link changes at one of its ends. */
final class LinkChange {
  private final Node node;
  private final Edge edge;
  private final List<String> freed = new ArrayList<>();
  private boolean isChanged;
  private boolean isOlder;

  LinkChange(Node node, Edge edge) {
    this.node = node;
    this.edge = edge;
  }

  LinkChange keep() {
    boolean wasShared = node.isShared();
    Instant since = node.since();
    switch (node.keep(edge)) {
      case Node.Kept.Nothing nothing -> {}
      case Node.Kept.Added added -> {
        isChanged = true;
        added.dropped().ifPresent(dropped -> freed.add(dropped.other().getId()));
        if (node.isShared() && !wasShared) {
          node.named().forEach(each -> freed.add(each.other().getId()));
        }
      }
    }
    isOlder = node.since().isBefore(since);
    return this;
  }

  Node node() {
    return node;
  }

  Edge edge() {
    return edge;
  }

  Optional<Node> changed() {
    return Optional.of(node).filter(each -> isChanged);
  }

  /** Opaque ids of identifiers that may have lost a link. */
  List<String> freed() {
    return freed;
  }

  /**
   * Whether a link that joins nothing changes where the end belongs: its state if it stands alone,
   * or who is the strongest.
   */
  boolean changesItself() {
    return isChanged && (isOlder || node.isAlone());
  }
}

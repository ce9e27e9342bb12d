package io.millrace.spool.testing;

import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A topic whose cluster comes and goes as a test says, and that outlives the edges before it. */
public final class FakeTopic {
  private enum State {
    UP,
    AWAY,
    STALLED
  }

  private record Held(Producer by, Delivery delivery, CompletableFuture<Void> outcome) {}

  private final List<Delivery> stored = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private State state = State.UP;

  /** Appends succeed, and those that were held do now. */
  public synchronized void up() {
    state = State.UP;
    held.forEach(
        each -> {
          stored.add(each.delivery());
          each.outcome().complete(null);
        });
    held.clear();
  }

  /** Known to be away: appends fail at once, and those that were held do now. */
  public synchronized void away() {
    state = State.AWAY;
    held.forEach(each -> each.outcome().completeExceptionally(new IllegalStateException("away")));
    held.clear();
  }

  /** Not known to be away: appends stay open. */
  public synchronized void stall() {
    state = State.STALLED;
  }

  /** It will never take this one, whatever its state. */
  public synchronized void refuse(String deliveryId) {
    refused.add(deliveryId);
  }

  public synchronized List<String> ids() {
    return stored.stream().map(Delivery::getDeliveryId).toList();
  }

  public synchronized List<Delivery> stored() {
    return List.copyOf(stored);
  }

  public synchronized int open() {
    return held.size();
  }

  /** A producer of its own for each edge. */
  public Producer connect() {
    return new Producer();
  }

  /** How one edge reaches the topic, until it is gone. */
  final class Producer implements DeliveryLog {
    private boolean severed;

    /**
     * Its process is gone: whatever it still does reaches nobody.
     *
     * @param arrived whether what it had under way had reached the topic
     */
    void sever(boolean arrived) {
      synchronized (FakeTopic.this) {
        severed = true;
        List<Held> own = held.stream().filter(each -> each.by() == this).toList();
        held.removeAll(own);
        own.stream().filter(each -> arrived).forEach(each -> stored.add(each.delivery()));
        own.forEach(
            each -> each.outcome().completeExceptionally(new IllegalStateException("gone")));
      }
    }

    @Override
    public CompletionStage<Void> append(Delivery delivery) {
      synchronized (FakeTopic.this) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        if (severed || state == State.AWAY || refused.contains(delivery.getDeliveryId())) {
          outcome.completeExceptionally(new IllegalStateException("not taken"));
        } else if (state == State.STALLED) {
          held.add(new Held(this, delivery, outcome));
        } else {
          stored.add(delivery);
          outcome.complete(null);
        }
        return outcome;
      }
    }

    @Override
    public boolean isReady() {
      synchronized (FakeTopic.this) {
        return !severed && state != State.AWAY;
      }
    }
  }
}

package io.millrace.edge.testing;

import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that does what a test tells it to. */
public final class FakeDeliveryLog implements DeliveryLog {
  private final List<Delivery> appended = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Void>> held = new CopyOnWriteArrayList<>();
  private volatile boolean ready = true;
  private volatile boolean failing;
  private volatile boolean holding;

  @Override
  public CompletionStage<Void> append(Delivery delivery) {
    appended.add(delivery);
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    if (failing) {
      outcome.completeExceptionally(new IllegalStateException("the broker is away"));
    } else if (holding) {
      held.add(outcome);
    } else {
      outcome.complete(null);
    }
    return outcome;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  public List<Delivery> appended() {
    return appended;
  }

  public void fail(boolean fails) {
    failing = fails;
  }

  /** From now on appends stay open until {@link #releaseAll}. */
  public void hold() {
    holding = true;
  }

  public void releaseAll() {
    holding = false;
    held.forEach(outcome -> outcome.complete(null));
  }

  public void ready(boolean isReady) {
    ready = isReady;
  }
}

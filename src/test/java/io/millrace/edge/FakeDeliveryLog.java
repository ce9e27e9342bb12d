package io.millrace.edge;

import io.millrace.event.Delivery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that does what a test tells it to. */
final class FakeDeliveryLog implements DeliveryLog {
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

  List<Delivery> appended() {
    return appended;
  }

  void fail(boolean fails) {
    failing = fails;
  }

  /** From now on appends stay open until {@link #releaseAll}. */
  void hold() {
    holding = true;
  }

  void releaseAll() {
    holding = false;
    held.forEach(outcome -> outcome.complete(null));
  }

  void ready(boolean isReady) {
    ready = isReady;
  }
}

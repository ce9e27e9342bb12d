package io.millrace.edge;

import io.millrace.edge.admit.Credentials;
import io.millrace.edge.wire.TimeLimit;
import io.millrace.event.Delivery;
import io.millrace.verify.SignedRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/** Appends a proved delivery to the log and waits for the result. */
final class StoreDelivery {
  private final DeliveryLog log;
  private final DeliveryIds ids;
  private final UncertainDeliveries uncertain;
  private final TimeLimit patience;
  private final TimeLimit rest;

  /**
   * @param timeout how long an append may take
   * @param sendersPatience after this time a sender may have given up waiting for the answer
   * @param clock enforces these limits until it is shut down
   */
  StoreDelivery(
      DeliveryLog log,
      DeliveryIds ids,
      UncertainDeliveries uncertain,
      Duration timeout,
      Duration sendersPatience,
      ScheduledExecutorService clock) {
    this.log = log;
    this.ids = ids;
    this.uncertain = uncertain;
    Duration first = timeout.compareTo(sendersPatience) < 0 ? timeout : sendersPatience;
    patience = new TimeLimit(first, clock);
    rest = new TimeLimit(timeout.minus(first), clock);
  }

  /**
   * Returns when the log has answered or the timeout is over. The caller waits, and so has to be a
   * virtual thread: the log's own thread must not wait for a slow sender, and passing the request
   * to a third thread would cost more than everything else here.
   */
  Outcome store(Exchange.Proved proved) {
    Fingerprint fingerprint = Fingerprint.of(proved.source().name(), proved.request());
    Instant arrival = proved.arrived().time();
    DeliveryIdentity identity =
        uncertain
            .claim(fingerprint.delivery())
            .orElseGet(() -> new DeliveryIdentity(ids.next(arrival), arrival));
    CompletableFuture<Void> appended = append(delivery(proved, identity));
    limit(appended, fingerprint.delivery(), identity);
    try {
      appended.join();
    } catch (CompletionException failure) {
      uncertain.remember(fingerprint.delivery(), identity);
      return new Outcome.Uncertain(
          proved, identity.deliveryId(), fingerprint.body(), cause(failure));
    }
    return new Outcome.Accepted(proved, identity.deliveryId(), fingerprint.body());
  }

  private static Delivery delivery(Exchange.Proved proved, DeliveryIdentity identity) {
    SignedRequest request = proved.request();
    Exchange.Arrived arrived = proved.arrived();
    Credentials credentials = proved.source().credentials();
    return Delivery.newBuilder()
        .setDeliveryId(identity.deliveryId())
        .setReceivedAt(identity.receivedAt())
        .setSource(proved.source().name())
        .setMethod(request.method())
        .setUrl(credentials.mask(request.url(), arrived.pathToken()))
        .setHeaders(credentials.mask(request.headers()))
        .setBody(ByteBuffer.wrap(request.body()))
        .setRemoteAddress(arrived.client().address())
        .setAssurance(proved.verdict().assurance().name())
        .setUnsignedFacts(proved.source().unsignedFacts())
        .setSecret(proved.verdict().secret().orElse(null))
        .build();
  }

  /**
   * A retry may arrive while the first attempt is still in progress: it must find the identity of
   * that attempt.
   */
  private void limit(
      CompletableFuture<Void> appended, String fingerprint, DeliveryIdentity identity) {
    patience.watch(
        appended,
        () -> {
          uncertain.remember(fingerprint, identity);
          rest.watch(appended, () -> appended.completeExceptionally(new TimeoutException()));
        });
  }

  private CompletableFuture<Void> append(Delivery delivery) {
    try {
      // A copy, because a timeout here must not complete the append itself.
      return log.append(delivery).toCompletableFuture().copy();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** Unwraps the exception of a future. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

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

/** Puts a proved delivery into the log and waits until it is known what came of that. */
final class StoreDelivery {
  private final DeliveryLog log;
  private final DeliveryIds ids;
  private final UncertainDeliveries uncertain;
  private final TimeLimit patience;
  private final TimeLimit rest;

  /**
   * @param timeout how long an append may take
   * @param sendersPatience after this long a sender may have gone without hearing the answer
   * @param clock watches these limits until it is shut down
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
   * Returns when it is known whether the log has it, or was not to be found out in time. The caller
   * waits, and so has to be a virtual thread: the log's own thread must not wait for a slow sender,
   * and to hand the request on to a third one would cost more than all else here.
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
        .setSecret(proved.verdict().secret().orElse(null))
        .build();
  }

  /** A retry may come while the first attempt is still under way: it must find its identity. */
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
      // A copy, because what ends the wait here is not the outcome of the append.
      return log.append(delivery).toCompletableFuture().copy();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** Without the wrapping of the future it came out of. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

package io.millrace.edge;

import io.javalin.http.Context;
import io.millrace.event.Delivery;
import io.millrace.rule.LogField;
import io.millrace.rule.Reason;
import io.millrace.source.Reply;
import io.millrace.verify.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a verified delivery into the log and answers its sender once the outcome is known. */
final class StoreDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreDelivery.class);

  /**
   * One attempt of a sender to deliver.
   *
   * @param delivery complete but for its identity
   */
  record Attempt(
      ConnectedSource source,
      SignedRequest request,
      Delivery.Builder delivery,
      Instant arrival,
      EdgeMetrics.Observation observation,
      Inspection inspection) {}

  private final DeliveryLog log;
  private final DeliveryIds ids;
  private final UncertainDeliveries uncertain;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("edge-time-limits").factory());
  private final AcceptedLines acceptedLines = new AcceptedLines(looking);
  private final TimeLimit patience;
  private final TimeLimit rest;

  /**
   * @param timeout how long an append may take
   * @param sendersPatience after this long a sender may have gone without hearing the answer
   */
  StoreDelivery(
      DeliveryLog log,
      DeliveryIds ids,
      UncertainDeliveries uncertain,
      Duration timeout,
      Duration sendersPatience) {
    this.log = log;
    this.ids = ids;
    this.uncertain = uncertain;
    Duration first = timeout.compareTo(sendersPatience) < 0 ? timeout : sendersPatience;
    patience = new TimeLimit(first, looking);
    rest = new TimeLimit(timeout.minus(first), looking);
  }

  /**
   * Returns when the answer is in the context. The caller waits, and so has to be a virtual thread:
   * the log's own thread must not wait for a slow sender, and to hand the request on to a third one
   * would cost more than all else here.
   *
   * @throws RefusedException if the log did not take it, with what is to be answered
   */
  void store(Attempt attempt, Context context) {
    Fingerprint fingerprint = Fingerprint.of(attempt.source().name(), attempt.request());
    DeliveryIdentity identity =
        uncertain
            .claim(fingerprint.delivery())
            .orElseGet(() -> new DeliveryIdentity(ids.next(attempt.arrival()), attempt.arrival()));
    CompletableFuture<Void> appended = append(attempt, identity);
    limit(appended, fingerprint.delivery(), identity);
    try {
      appended.join();
    } catch (CompletionException failure) {
      uncertain.remember(fingerprint.delivery(), identity);
      throw refuse(attempt, identity, fingerprint, cause(failure));
    }
    accept(attempt, identity, fingerprint, context);
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

  private CompletableFuture<Void> append(Attempt attempt, DeliveryIdentity identity) {
    Delivery delivery =
        attempt
            .delivery()
            .setDeliveryId(identity.deliveryId())
            .setReceivedAt(identity.receivedAt())
            .build();
    try {
      // A copy, because what ends the wait here is not the outcome of the append.
      return log.append(delivery).toCompletableFuture().copy();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** Stops watching the time; what is being appended has to be answered before. */
  @Override
  public void close() {
    looking.shutdownNow();
  }

  private void accept(
      Attempt attempt, DeliveryIdentity identity, Fingerprint fingerprint, Context context) {
    Reply reply = attempt.source().source().provider().reply();
    Answers.accepted(context, reply, identity.deliveryId());
    attempt.observation().accepted();
    attempt.inspection().accepted(identity.deliveryId(), reply.status());
    acceptedLines.add(identity.deliveryId(), attempt.source().name(), fingerprint.body());
  }

  private static RefusedException refuse(
      Attempt attempt, DeliveryIdentity identity, Fingerprint fingerprint, Throwable failure) {
    LOG.atWarn()
        .addKeyValue(LogField.DELIVERY_ID, identity.deliveryId())
        .addKeyValue(LogField.SOURCE, attempt.source().name())
        .addKeyValue(LogField.BODY_SHA256, fingerprint.body())
        .log("The log did not take a delivery: {}", failure.toString());
    return Problem.of(
            Reason.LOG_UNAVAILABLE,
            "The delivery is genuine but could not be stored; send the same bytes again")
        .at(attempt.source().name())
        .ofDelivery(identity.deliveryId())
        .retryAfter(RetryAfter.LOG_RETURNS)
        .toException();
  }

  /** Without the wrapping of the future it came out of. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

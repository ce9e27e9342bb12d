package io.millrace.edge;

import io.javalin.http.Context;
import io.millrace.event.Delivery;
import io.millrace.rule.LogField;
import io.millrace.rule.Reason;
import io.millrace.source.Reply;
import io.millrace.verify.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a verified delivery into the log and answers its sender once the outcome is known. */
final class StoreDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(StoreDelivery.class);
  private static final String RETRY_AFTER_SECONDS = "5";

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
  private final Duration timeout;
  private final Duration sendersPatience;
  private final Executor answering;

  /**
   * @param timeout how long an append may take
   * @param sendersPatience after this long a sender may have gone without hearing the answer
   * @param answering runs what is left to do once the log has answered, because the log's own
   *     thread must not wait for a slow sender
   */
  StoreDelivery(
      DeliveryLog log,
      DeliveryIds ids,
      UncertainDeliveries uncertain,
      Duration timeout,
      Duration sendersPatience,
      Executor answering) {
    this.log = log;
    this.ids = ids;
    this.uncertain = uncertain;
    this.timeout = timeout;
    this.sendersPatience = sendersPatience;
    this.answering = answering;
  }

  /** Completes when the answer is in the context, exceptionally with what is to be answered. */
  CompletableFuture<Void> store(Attempt attempt, Context context) {
    Fingerprint fingerprint = Fingerprint.of(attempt.source().name(), attempt.request());
    DeliveryIdentity identity =
        uncertain
            .claim(fingerprint.delivery())
            .orElseGet(() -> new DeliveryIdentity(ids.next(attempt.arrival()), attempt.arrival()));
    CompletableFuture<Void> appended = append(attempt, identity);
    rememberOnceUncertain(appended, fingerprint.delivery(), identity);
    return appended
        .handleAsync((done, failure) -> Optional.ofNullable(failure), answering)
        .thenAccept(
            failure -> {
              if (failure.isPresent()) {
                uncertain.remember(fingerprint.delivery(), identity);
                throw refuse(attempt, identity, fingerprint, failure.get());
              }
              accept(attempt, identity, fingerprint, context);
            });
  }

  /** A retry may come while the first attempt is still under way: nobody waits for its outcome. */
  private void rememberOnceUncertain(
      CompletableFuture<Void> appended, String fingerprint, DeliveryIdentity identity) {
    // Only its side effect counts; the outcome is answered elsewhere.
    CompletableFuture<Void> unused =
        appended
            .copy()
            .orTimeout(sendersPatience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (done, late) -> {
                  if (late instanceof TimeoutException) {
                    uncertain.remember(fingerprint, identity);
                  }
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
      return log.append(delivery)
          .toCompletableFuture()
          .copy()
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static void accept(
      Attempt attempt, DeliveryIdentity identity, Fingerprint fingerprint, Context context) {
    Reply reply = attempt.source().source().provider().reply();
    String usual = "{\"delivery_id\": \"" + identity.deliveryId() + "\"}";
    context
        .status(reply.status())
        .contentType(reply.contentType())
        .result(reply.body().orElse(usual));
    attempt.observation().accepted();
    attempt.inspection().accepted(identity.deliveryId(), reply.status());
    LOG.atInfo()
        .addKeyValue(LogField.DELIVERY_ID, identity.deliveryId())
        .addKeyValue(LogField.SOURCE, attempt.source().name())
        .addKeyValue(LogField.BODY_SHA256, fingerprint.body())
        .log("Accepted a delivery");
  }

  private static RefusedException refuse(
      Attempt attempt, DeliveryIdentity identity, Fingerprint fingerprint, Throwable failure) {
    LOG.atWarn()
        .addKeyValue(LogField.DELIVERY_ID, identity.deliveryId())
        .addKeyValue(LogField.SOURCE, attempt.source().name())
        .addKeyValue(LogField.BODY_SHA256, fingerprint.body())
        .log("The log did not take a delivery: {}", cause(failure).toString());
    attempt.observation().refused(Reason.LOG_UNAVAILABLE);
    Problem problem =
        Problem.of(
                Reason.LOG_UNAVAILABLE,
                "The delivery is genuine but could not be stored; send the same bytes again")
            .at(attempt.source().name())
            .ofDelivery(identity.deliveryId())
            .withHeader("Retry-After", RETRY_AFTER_SECONDS);
    attempt.inspection().refused(problem);
    return problem.toException();
  }

  /** Without the wrapping of the future it came out of. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

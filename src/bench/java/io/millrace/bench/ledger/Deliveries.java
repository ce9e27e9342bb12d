package io.millrace.bench.ledger;

import io.millrace.bench.simulator.RequestTag;
import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the journal's requests with the stored deliveries. A request answered with 2xx must be
 * stored once, a refused one not at all; for an attempt without an answer, only the topic shows the
 * outcome.
 */
final class Deliveries {
  private final Sent sent;
  private final Findings findings;
  private final Map<Integer, List<StoredDelivery>> stored = new HashMap<>();
  private final Map<Integer, List<Attempt>> attempts = new HashMap<>();

  Deliveries(Sent sent, List<StoredDelivery> deliveries, Findings findings) {
    this.sent = sent;
    this.findings = findings;
    for (Attempt attempt : sent.attempts()) {
      attempts.computeIfAbsent(attempt.request(), any -> new ArrayList<>()).add(attempt);
    }
    compare(ownByTag(deliveries));
  }

  /** The stored copies of a request that may be stored. */
  List<StoredDelivery> storedOf(PlannedRequest request) {
    return stored.getOrDefault(request.index(), List.of());
  }

  List<Attempt> attemptsOf(PlannedRequest request) {
    return attempts.getOrDefault(request.index(), List.of());
  }

  /** The answer that settled a request. */
  Optional<Attempt.Answer> lastAnswer(PlannedRequest request) {
    return attemptsOf(request).stream()
        .flatMap(attempt -> attempt.answer().stream())
        .filter(Attempt.Answer::isFinal)
        .reduce((first, second) -> second);
  }

  private Map<RequestTag, StoredDelivery> ownByTag(List<StoredDelivery> deliveries) {
    Map<RequestTag, StoredDelivery> own = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (StoredDelivery delivery : deliveries) {
      if (delivery.tag().filter(tag -> tag.run().equals(sent.plan().run().tag())).isPresent()) {
        RequestTag tag = delivery.tag().get();
        if (own.putIfAbsent(tag, delivery) != null) {
          twice.add(delivery.deliveryId());
        }
      }
    }
    findings.none("requests stored twice", twice);
    return own;
  }

  private void compare(Map<RequestTag, StoredDelivery> own) {
    List<String> lost = new ArrayList<>();
    List<String> renamed = new ArrayList<>();
    List<String> letIn = new ArrayList<>();
    List<String> unsettled = new ArrayList<>();
    List<String> miscounted = new ArrayList<>();
    List<String> sameId = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (PlannedRequest request : sent.plan().requests()) {
      if (lastAnswer(request).isEmpty()) {
        unsettled.add(name(request));
      }
      for (Attempt attempt : attemptsOf(request)) {
        StoredDelivery copy = own.get(tag(attempt));
        boolean accepted = attempt.answer().filter(Attempt.Answer::accepted).isPresent();
        boolean refused =
            attempt.answer().filter(answer -> answer.isFinal() && !answer.accepted()).isPresent();
        if (copy == null) {
          if (accepted) {
            lost.add(deliveryId(attempt).orElse(name(request)));
          }
        } else if (refused || request.kind().refusal().isPresent()) {
          letIn.add(copy.deliveryId());
        } else {
          stored.computeIfAbsent(request.index(), any -> new ArrayList<>()).add(copy);
          if (deliveryId(attempt).filter(id -> !id.equals(copy.deliveryId())).isPresent()) {
            renamed.add(copy.deliveryId());
          }
          // An attempt that was answered 503 may be stored too, under the id that its retry gets.
          if (accepted && !ids.add(copy.deliveryId())) {
            sameId.add(copy.deliveryId());
          }
          if (copy.parts() != request.parts()) {
            miscounted.add(copy.deliveryId());
          }
        }
      }
    }
    findings.none("deliveries answered 2xx are not in deliveries-received", lost);
    findings.none("deliveries are stored under a different id than the answer gave", renamed);
    findings.none("delivery ids belong to more than one request", sameId);
    findings.none("requests that must be refused are stored", letIn);
    findings.none("requests never got a final answer", unsettled);
    findings.none(
        "stored deliveries contain a different number of events than was sent", miscounted);
  }

  private RequestTag tag(Attempt attempt) {
    return new RequestTag(sent.plan().run().tag(), attempt.request(), attempt.number());
  }

  private static Optional<String> deliveryId(Attempt attempt) {
    return attempt.answer().flatMap(Attempt.Answer::deliveryId);
  }

  private static String name(PlannedRequest request) {
    return "request " + request.index() + " to " + request.source();
  }
}

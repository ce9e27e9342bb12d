package io.millrace.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.model.Reason;
import io.millrace.verify.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The metrics of the edge. Tags contain configured names only, so no sender can create new ones.
 */
final class EdgeMetrics {
  private static final String UNKNOWN = "unknown";

  private record Names(String source, String provider) {}

  private final MeterRegistry registry;

  /** One entry per source: looking a meter up by its tags costs more than counting. */
  private final Map<Names, Meters> bySource = new ConcurrentHashMap<>();

  EdgeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Starts to measure how long a request takes. */
  Timer.Sample start() {
    return Timer.start(registry);
  }

  /** Counts a verdict. */
  void judged(ConnectedSource source, Verdict verdict) {
    String reason =
        switch (verdict) {
          case Verdict.Verified verified -> "OK";
          case Verdict.Refused refused -> refused.reason().name();
        };
    meters(Optional.of(source)).verifications(reason).increment();
  }

  /** Counts a request and records its duration. Of handshakes, only answered ones count. */
  void ended(Outcome outcome, Timer.Sample started) {
    Exchange.Arrived arrived = outcome.exchange().arrived();
    Meters meters = meters(arrived.source());
    if (arrived.isDelivery()) {
      outcome.exchange().read().ifPresent(request -> meters.sizes().record(request.body().length));
    }
    switch (outcome) {
      case Outcome.Accepted accepted -> {
        meters.deliveries("accepted").increment();
        started.stop(meters.latency("accepted"));
      }
      case Outcome.HandshakeAnswered answered -> started.stop(meters.latency("handshake"));
      case Outcome.Uncertain uncertain -> meters.refused(uncertain.problem().reason(), started);
      case Outcome.Refused refused -> {
        if (arrived.isDelivery()) {
          meters.refused(refused.problem().reason(), started);
        }
      }
      case Outcome.Failed failed -> {}
    }
  }

  private Meters meters(Optional<ConnectedSource> source) {
    Names names =
        new Names(
            source.map(ConnectedSource::name).orElse(UNKNOWN),
            source.map(known -> known.source().provider().name()).orElse(UNKNOWN));
    return bySource.computeIfAbsent(names, Meters::new);
  }

  /** The meters of one source, each registered when it is first needed. */
  private final class Meters {
    private final Names names;
    private final Map<String, Counter> deliveries = new ConcurrentHashMap<>();
    private final Map<Reason, Counter> refusals = new ConcurrentHashMap<>();
    private final Map<String, Counter> verifications = new ConcurrentHashMap<>();
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> sizes = new ConcurrentHashMap<>();

    private Meters(Names names) {
      this.names = names;
    }

    private Counter deliveries(String result) {
      return deliveries.computeIfAbsent(
          result,
          unseen ->
              Counter.builder("millrace.deliveries")
                  .description("Deliveries answered, by result")
                  .tags("source", names.source(), "provider", names.provider(), "result", result)
                  .register(registry));
    }

    private Counter refusals(Reason reason) {
      return refusals.computeIfAbsent(
          reason,
          unseen ->
              Counter.builder("millrace.edge.refused")
                  .description("Requests refused, by reason")
                  .tags("source", names.source(), "reason", reason.name())
                  .register(registry));
    }

    private Counter verifications(String reason) {
      return verifications.computeIfAbsent(
          reason,
          unseen ->
              Counter.builder("millrace.verification")
                  .description("Verifications of requests, by result")
                  .tags("source", names.source(), "reason", reason)
                  .register(registry));
    }

    private Timer latency(String outcome) {
      return latencies.computeIfAbsent(
          outcome,
          unseen ->
              Timer.builder("millrace.edge.latency")
                  .description("Time from the arrival of a request to its answer")
                  .tags("source", names.source(), "outcome", outcome)
                  .publishPercentileHistogram()
                  .register(registry));
    }

    private DistributionSummary sizes() {
      return sizes.computeIfAbsent(
          names.source(),
          source ->
              DistributionSummary.builder("millrace.delivery.bytes")
                  .description("Size of the bodies received")
                  .baseUnit("bytes")
                  .tag("source", source)
                  .register(registry));
    }

    private void refused(Reason reason, Timer.Sample started) {
      deliveries("refused").increment();
      refusals(reason).increment();
      started.stop(latency(reason.httpStatus() < 500 ? "refused" : "failed"));
    }
  }
}

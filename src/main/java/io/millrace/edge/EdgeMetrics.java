package io.millrace.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.rule.Reason;
import java.util.Optional;

/** What the edge counts. Tags hold configured names only, so that no sender can multiply them. */
final class EdgeMetrics {
  private static final String UNKNOWN = "unknown";

  private final MeterRegistry registry;

  EdgeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Begins to observe a request. */
  Observation observe(Optional<ConnectedSource> source) {
    return new Observation(
        source.map(ConnectedSource::name).orElse(UNKNOWN),
        source.map(known -> known.source().provider().name()).orElse(UNKNOWN),
        Timer.start(registry));
  }

  /** One request from its arrival to its answer. */
  final class Observation {
    private final String source;
    private final String provider;
    private final Timer.Sample started;

    private Observation(String source, String provider, Timer.Sample started) {
      this.source = source;
      this.provider = provider;
      this.started = started;
    }

    void received(int bytes) {
      DistributionSummary.builder("millrace.delivery.bytes")
          .description("Size of the bodies received")
          .baseUnit("bytes")
          .tag("source", source)
          .register(registry)
          .record(bytes);
    }

    void verified() {
      countVerification("OK");
    }

    void notVerified(Reason reason) {
      countVerification(reason.name());
    }

    void accepted() {
      countDelivery("accepted");
      answered("accepted");
    }

    void refused(Reason reason) {
      countDelivery("refused");
      countRefusal(reason);
      answered(reason.httpStatus() < 500 ? "refused" : "failed");
    }

    void shookHands() {
      answered("handshake");
    }

    private void countDelivery(String result) {
      Counter.builder("millrace.deliveries")
          .description("Deliveries answered, by whether they were taken")
          .tags("source", source, "provider", provider, "result", result)
          .register(registry)
          .increment();
    }

    private void countRefusal(Reason reason) {
      Counter.builder("millrace.edge.refused")
          .description("Requests refused, by reason")
          .tags("source", source, "reason", reason.name())
          .register(registry)
          .increment();
    }

    private void countVerification(String reason) {
      Counter.builder("millrace.verification")
          .description("Requests judged, by verdict")
          .tags("source", source, "reason", reason)
          .register(registry)
          .increment();
    }

    private void answered(String outcome) {
      started.stop(
          Timer.builder("millrace.edge.latency")
              .description("Time from the arrival of a request to its answer")
              .tags("source", source, "outcome", outcome)
              .publishPercentileHistogram()
              .register(registry));
    }
  }
}

package io.millrace.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.ConnectedSources;
import io.millrace.model.LogField;
import io.millrace.source.Source;
import io.millrace.verify.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Updates the metrics of secrets, and logs each finding when it appears and once a day while it
 * lasts.
 */
final class SecretWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);
  private static final Duration BETWEEN_REMINDERS = Duration.ofDays(1);
  private static final double MILLIS = 1000;

  private final ConnectedSources sources;
  private final SecretUses uses;
  private final Duration unusedAfter;
  private final Clock clock;
  private final MultiGauge active;
  private final MultiGauge untilExpiry;
  private final MultiGauge sinceUse;
  private final MultiGauge unused;
  private final Map<SecretFinding, Instant> reported = new HashMap<>();

  SecretWatch(
      ConnectedSources sources,
      SecretUses uses,
      Duration unusedAfter,
      MeterRegistry registry,
      Clock clock) {
    this.sources = sources;
    this.uses = uses;
    this.unusedAfter = unusedAfter;
    this.clock = clock;
    active =
        MultiGauge.builder("millrace.edge.secrets.active")
            .description(
                "Active secrets of a source: with 0 every delivery is refused, 2 is an overlap")
            .register(registry);
    untilExpiry =
        MultiGauge.builder("millrace.edge.secret.expiry")
            .description("Time until a secret expires; negative once it has expired")
            .baseUnit("seconds")
            .register(registry);
    sinceUse =
        MultiGauge.builder("millrace.edge.secret.last.use.age")
            .description("Time since a secret last proved a delivery to this process")
            .baseUnit("seconds")
            .register(registry);
    unused =
        MultiGauge.builder("millrace.edge.secret.unused")
            .description(
                "1 for an active secret that is unused while another one of its source is used")
            .register(registry);
  }

  /** Updates the metrics to the sources connected now, and logs the findings that are due. */
  synchronized void look() {
    active.register(perSource(), true);
    untilExpiry.register(
        perSecret((source, secret) -> secret.notAfter().map(end -> seconds(now(), end))), true);
    sinceUse.register(perSecret(this::sinceUse), true);
    unused.register(perSecret((source, secret) -> Optional.of(unused(source, secret))), true);
    report();
  }

  private List<Row<?>> perSource() {
    List<Row<?>> rows = new ArrayList<>();
    for (ConnectedSource connected : sources.all()) {
      Source source = connected.source();
      if (source.provider().verification().needsSecret()) {
        rows.add(Row.of(Tags.of("source", source.name()), () -> countActive(source)));
      }
    }
    return rows;
  }

  /** A row for each secret that has a value, computed again at every reading. */
  private List<Row<?>> perSecret(BiFunction<Source, Secret, Optional<Double>> figure) {
    List<Row<?>> rows = new ArrayList<>();
    for (ConnectedSource connected : sources.all()) {
      Source source = connected.source();
      for (Secret secret : source.deliverySecrets()) {
        if (figure.apply(source, secret).isPresent()) {
          rows.add(
              Row.of(
                  Tags.of("source", source.name(), "secret", secret.reference()),
                  () -> figure.apply(source, secret).orElse(Double.NaN)));
        }
      }
    }
    return rows;
  }

  private long countActive(Source source) {
    Instant now = now();
    return source.deliverySecrets().stream().filter(secret -> secret.isActive(now)).count();
  }

  private Optional<Double> sinceUse(Source source, Secret secret) {
    return uses.lastUse(source.name(), secret.reference()).map(use -> seconds(use, now()));
  }

  private double unused(Source source, Secret secret) {
    return SecretFinding.isUnused(source, secret, uses, unusedAfter, now()) ? 1 : 0;
  }

  private void report() {
    Instant now = now();
    List<SecretFinding> findings =
        sources.all().stream()
            .flatMap(
                connected -> SecretFinding.of(connected.source(), uses, unusedAfter, now).stream())
            .toList();
    reported.keySet().retainAll(findings);
    for (SecretFinding finding : findings) {
      if (isDue(finding, now)) {
        LOG.atLevel(level(finding.kind()))
            .addKeyValue(LogField.SOURCE, finding.source())
            .log(finding.text());
        reported.put(finding, now);
      }
    }
  }

  private boolean isDue(SecretFinding finding, Instant now) {
    Instant last = reported.get(finding);
    return last == null || !last.plus(BETWEEN_REMINDERS).isAfter(now);
  }

  private static Level level(SecretFinding.Kind kind) {
    return switch (kind) {
      case NONE_ACTIVE -> Level.ERROR;
      case EXPIRES_SOON -> Level.WARN;
      case UNUSED -> Level.INFO;
    };
  }

  private Instant now() {
    return clock.instant();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MILLIS;
  }
}

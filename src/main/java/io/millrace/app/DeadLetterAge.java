package io.millrace.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.ProvisioningException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how old the oldest dead letter is. Dead letters expire, because they may hold personal
 * data, and an alert has to come before that.
 */
final class DeadLetterAge {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterAge.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Supplier<Optional<Instant>> oldest;
  private final InstantSource clock;
  private final AtomicLong seconds = new AtomicLong();

  /**
   * Shows 0 until it looks.
   *
   * @param oldest the arrival of the oldest dead letter, if there is one
   */
  DeadLetterAge(Supplier<Optional<Instant>> oldest, InstantSource clock, MeterRegistry registry) {
    this.oldest = oldest;
    this.clock = clock;
    Gauge.builder("millrace.dead.letters.oldest", seconds, AtomicLong::get)
        .description("Age of the oldest dead letter on its topic, replayed or not; 0 without any")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Looks every ten minutes until it is closed. */
  static AutoCloseable watching(KafkaSettings kafka, InstantSource clock, MeterRegistry registry) {
    TopicOffsets offsets = new TopicOffsets(kafka);
    DeadLetterAge age =
        new DeadLetterAge(() -> offsets.oldest(Topics.DEAD_LETTERS.name()), clock, registry);
    return OffsetsWatch.start(
        "dead-letter-age", offsets, Duration.ofSeconds(10), EVERY, age::lookAndTell);
  }

  private void lookAndTell() {
    try {
      look();
    } catch (ProvisioningException | KafkaException unreachable) {
      // The completeness marks ask the same cluster every second, and report failures.
      LOG.debug("The age of dead letters is unknown", unreachable);
    } catch (RuntimeException fault) {
      LOG.error("The age of dead letters could not be determined", fault);
    }
  }

  void look() {
    long age =
        oldest.get().map(since -> Duration.between(since, clock.instant()).toSeconds()).orElse(0L);
    seconds.set(Math.max(0, age));
  }
}

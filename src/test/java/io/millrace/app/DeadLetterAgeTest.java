package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterAgeTest {
  private static final Instant NOW = Instant.parse("2026-03-29T10:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Optional<Instant> oldest = Optional.empty();
  private final DeadLetterAge age =
      new DeadLetterAge(() -> oldest, InstantSource.fixed(NOW), registry);

  @Test
  void showsTheAgeOfTheOldestLetter() {
    oldest = Optional.of(NOW.minus(Duration.ofDays(21)));
    age.look();

    assertThat(shown()).isEqualTo(21 * 86_400);
  }

  @Test
  void showsNothingOnceAllHaveExpired() {
    oldest = Optional.of(NOW.minus(Duration.ofDays(28)));
    age.look();
    oldest = Optional.empty();
    age.look();

    assertThat(shown()).isZero();
  }

  @Test
  void isNotNegativeIfAnEdgeIsAhead() {
    oldest = Optional.of(NOW.plus(Duration.ofMinutes(5)));
    age.look();

    assertThat(shown()).isZero();
  }

  private double shown() {
    return registry.get("millrace.dead.letters.oldest").gauge().value();
  }
}

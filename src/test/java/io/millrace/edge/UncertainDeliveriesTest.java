package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class UncertainDeliveriesTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final DeliveryIdentity FIRST = new DeliveryIdentity("first", START);
  private static final DeliveryIdentity SECOND = new DeliveryIdentity("second", START);

  private final ManualClock clock = new ManualClock(START);
  private final UncertainDeliveries uncertain =
      new UncertainDeliveries(2, Duration.ofMinutes(15), clock);

  @Test
  void givesARetryTheIdentityItHad() {
    uncertain.remember("a", FIRST);

    assertThat(uncertain.claim("a")).contains(FIRST);
  }

  @Test
  void givesAnIdentityToOneAttemptAtATime() {
    uncertain.remember("a", FIRST);
    uncertain.claim("a");

    assertThat(uncertain.claim("a")).isEmpty();
  }

  @Test
  void keepsTheFirstIdentityOfTwoAttempts() {
    uncertain.remember("a", FIRST);
    uncertain.remember("a", SECOND);

    assertThat(uncertain.claim("a")).contains(FIRST);
  }

  @Test
  void knowsNothingOfOtherDeliveries() {
    uncertain.remember("a", FIRST);

    assertThat(uncertain.claim("b")).isEmpty();
  }

  @Test
  void forgetsAfterAWhile() {
    uncertain.remember("a", FIRST);
    clock.advance(Duration.ofMinutes(15));

    assertThat(uncertain.claim("a")).isEmpty();
  }

  @Test
  void remembersFromTheLastAttemptOn() {
    uncertain.remember("a", FIRST);
    clock.advance(Duration.ofMinutes(14));
    uncertain.remember("a", FIRST);
    clock.advance(Duration.ofMinutes(14));

    assertThat(uncertain.claim("a")).contains(FIRST);
  }

  @Test
  void forgetsTheOldestOnceItIsFull() {
    uncertain.remember("a", FIRST);
    uncertain.remember("b", SECOND);
    uncertain.remember("c", SECOND);

    assertThat(uncertain.claim("a")).isEmpty();
    assertThat(uncertain.claim("b")).contains(SECOND);
  }
}

package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.edge.testing.ManualTime;
import io.millrace.edge.wire.ProblemException;
import io.millrace.model.Reason;
import io.millrace.source.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UnverifiedSendersTest {
  private final ManualTime time = new ManualTime();
  private final UnverifiedSenders senders = new UnverifiedSenders(RateLimit.parse("2/s"), 3, time);

  @Test
  void refusesAnAddressThatSendsTooMuch() {
    forge("192.0.2.1", 2);

    var refused = catchThrowableOfType(ProblemException.class, () -> senders.check("192.0.2.1"));

    assertThat(refused.problem().reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(refused.problem().headers()).containsEntry("Retry-After", "1");
    assertThat(refused.problem().detail()).contains("192.0.2.1", "2/s");
    assertPasses("192.0.2.2");
  }

  @Test
  void letsItTryAgainAtTheRate() {
    forge("192.0.2.1", 50);
    time.pass(Duration.ofMillis(500));

    assertPasses("192.0.2.1");
    forge("192.0.2.1", 1);
    assertRefuses("192.0.2.1");
  }

  @Test
  void doesNotLockOutAnAddressThatGenuineRequestsCameFrom() {
    senders.verified("192.0.2.1");
    forge("192.0.2.1", 50);

    assertPasses("192.0.2.1");
    time.pass(Duration.ofMinutes(10));
    forge("192.0.2.1", 50);
    assertRefuses("192.0.2.1");
  }

  @Test
  void takesANetworkOfIpv6ForOneSender() {
    forge("2001:db8:0:1::1", 1);
    forge("2001:db8:0:1:ffff::2", 1);

    assertRefuses("2001:db8:0:1::3");
    assertPasses("2001:db8:0:2::1");
  }

  @Test
  void limitsAllNetworksOfOneOwnerTogether() {
    var many = new UnverifiedSenders(RateLimit.parse("2/s"), 1000, time);
    for (int network = 0; network < 20; network++) {
      many.unverified("2001:db8:1:%x::1".formatted(network));
    }

    assertThat(catchThrowableOfType(ProblemException.class, () -> many.check("2001:db8:1:ff::1")))
        .isNotNull();
    assertThatCode(() -> many.check("2001:db8:2::1")).doesNotThrowAnyException();
  }

  @Test
  void remembersWhoProvedSomethingHoweverManyOthersCome() {
    senders.verified("192.0.2.1");

    for (int number = 0; number < 100; number++) {
      forge("198.51.100." + number, 1);
    }

    assertThat(senders.isKnown("192.0.2.1")).isTrue();
    assertThat(senders.isKnown("198.51.100.99")).isFalse();
    time.pass(Duration.ofMinutes(10));
    assertThat(senders.isKnown("192.0.2.1")).isFalse();
  }

  @Test
  void forgetsThoseNotSeenForLongestWhenThereAreTooMany() {
    forge("192.0.2.1", 2);
    forge("192.0.2.2", 2);
    forge("192.0.2.3", 2);
    assertRefuses("192.0.2.1");

    forge("192.0.2.4", 2);

    assertPasses("192.0.2.2");
    assertRefuses("192.0.2.1");
    assertRefuses("192.0.2.3");
    assertRefuses("192.0.2.4");
  }

  private void forge(String address, int count) {
    for (int number = 0; number < count; number++) {
      senders.unverified(address);
    }
  }

  private void assertRefuses(String address) {
    assertThat(catchThrowableOfType(ProblemException.class, () -> senders.check(address)))
        .as(address)
        .isNotNull();
  }

  private void assertPasses(String address) {
    assertThatCode(() -> senders.check(address)).as(address).doesNotThrowAnyException();
  }
}

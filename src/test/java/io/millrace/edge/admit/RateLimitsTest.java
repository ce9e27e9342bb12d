package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.edge.testing.ManualTime;
import io.millrace.edge.wire.ProblemException;
import io.millrace.model.Reason;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.provider.Catalogue;
import io.millrace.source.RateLimit;
import io.millrace.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
  private final ManualTime time = new ManualTime();
  private final RateLimits limits = new RateLimits(time);

  @Test
  void letsABurstThroughAndThenTheRate() {
    var source = source("a", "1/s burst 3");
    for (int count = 0; count < 3; count++) {
      limits.check(source);
      limits.count(source);
    }

    assertRefused(source);
    time.pass(Duration.ofSeconds(1));

    assertThatCode(() -> limits.count(source)).doesNotThrowAnyException();
    assertRefused(source);
  }

  @Test
  void saysWhenToComeAgain() {
    var source = source("a", "2/m burst 1");
    limits.count(source);
    time.pass(Duration.ofMillis(12_500));

    var refused = catchThrowableOfType(ProblemException.class, () -> limits.check(source));

    assertThat(refused.problem().headers()).containsEntry("Retry-After", "18");
    assertThat(refused.problem().detail()).contains("2/m burst 1");
  }

  @Test
  void checkingCostsNothing() {
    var source = source("a", "1/s");
    for (int count = 0; count < 10; count++) {
      limits.check(source);
    }

    assertThatCode(() -> limits.count(source)).doesNotThrowAnyException();
  }

  @Test
  void countsEverySourceForItself() {
    limits.count(source("a", "1/m"));

    assertThatCode(() -> limits.count(source("b", "1/m"))).doesNotThrowAnyException();
    assertRefused(source("a", "1/m"));
  }

  @Test
  void beginsAnewWhenTheLimitIsChanged() {
    limits.count(source("a", "1/m"));

    assertThatCode(() -> limits.count(source("a", "2/m"))).doesNotThrowAnyException();
  }

  @Test
  void doesNotLimitASourceWithoutALimit() {
    var source = source("a", Optional.empty());
    for (int count = 0; count < 10_000; count++) {
      limits.check(source);
      limits.count(source);
    }
  }

  private void assertRefused(Source source) {
    for (Runnable attempt :
        new Runnable[] {() -> limits.check(source), () -> limits.count(source)}) {
      var refused = catchThrowableOfType(ProblemException.class, attempt::run);
      assertThat(refused.problem().reason()).isEqualTo(Reason.RATE_LIMITED);
      assertThat(refused.problem().source()).contains(source.name());
    }
  }

  private static Source source(String name, String limit) {
    return source(name, Optional.of(RateLimit.parse(limit)));
  }

  private static Source source(String name, Optional<RateLimit> limit) {
    return new Source(
        name,
        Catalogue.bundled().find("generic-hmac").orElseThrow(),
        name,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        false,
        false,
        Duration.ofDays(3),
        Optional.empty(),
        Mapping.none(),
        limit,
        Optional.empty());
  }
}

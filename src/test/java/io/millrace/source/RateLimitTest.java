package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimitTest {

  @Test
  void letsOnePeriodComeAtOnceUnlessItSaysOtherwise() {
    assertThat(RateLimit.parse("100/s")).isEqualTo(new RateLimit(100, Duration.ofSeconds(1), 100));
    assertThat(RateLimit.parse("600/m")).isEqualTo(new RateLimit(600, Duration.ofMinutes(1), 600));
    assertThat(RateLimit.parse("100/s burst 500"))
        .isEqualTo(new RateLimit(100, Duration.ofSeconds(1), 500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100/s", "600/m", "100/s burst 500", "1000000/m burst 1"})
  void isWrittenAsItIsRead(String text) {
    assertThat(RateLimit.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "100",
        "0/s",
        "-1/s",
        "1.5/s",
        "100/h",
        "100/ s",
        "100/s burst",
        "100/s burst 0",
        "1000001/s",
        "9999999/s",
        "100/s, burst 5",
        "99999999999/s"
      })
  void refusesWhatIsNoRate(String text) {
    assertThatThrownBy(() -> RateLimit.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimestampUnitTest {
  private static final Instant TIME = Instant.parse("2024-01-04T18:05:25Z");

  @Test
  void readsEveryUnit() {
    assertThat(TimestampUnit.SECONDS.parse("1704391525")).contains(TIME);
    assertThat(TimestampUnit.MILLISECONDS.parse("1704391525000")).contains(TIME);
    assertThat(TimestampUnit.ISO.parse("2024-01-04T19:05:25+01:00")).contains(TIME);
    assertThat(TimestampUnit.HTTP.parse("Thu, 04 Jan 2024 18:05:25 GMT")).contains(TIME);
  }

  @Test
  void readsNothingElse() {
    for (var text : List.of("", " 1", "1 ", "1.0", "-1", "+1", "١", "9999999999999999")) {
      assertThat(TimestampUnit.SECONDS.parse(text)).as(text).isEmpty();
    }
    assertThat(TimestampUnit.ISO.parse("2024-01-04T18:05:25")).isEmpty();
    assertThat(TimestampUnit.HTTP.parse("yesterday")).isEmpty();
  }
}

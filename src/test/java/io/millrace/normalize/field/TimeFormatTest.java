package io.millrace.normalize.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeFormatTest {

  @Test
  void readsIsoTimesAsSendersWriteThem() {
    for (String text :
        List.of(
            "2026-03-01T09:30:00Z",
            "2026-03-01T09:30:00",
            "2026-03-01T09:30",
            "2026-03-01t09:30:00z",
            "2026-03-01 09:30:00",
            "2026-03-01 09:30:00 +00:00",
            "2026-03-01T10:30:00+01:00",
            "2026-03-01T10:30:00+0100",
            "2026-03-01T10:30:00.0000000+01",
            "2026-03-01 09:30:00 UTC",
            " 2026-03-01T09:30:00.000999Z ")) {
      assertThat(TimeFormat.ISO.parse(text))
          .as(text)
          .contains(Instant.parse("2026-03-01T09:30:00Z"));
    }
    assertThat(TimeFormat.ISO.parse("2026-03-01")).contains(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @Test
  void readsNumbersAndHttpDates() {
    assertThat(TimeFormat.S.parse("1772359200")).contains(Instant.ofEpochSecond(1772359200));
    assertThat(TimeFormat.S.parse("1772359200.283218"))
        .contains(Instant.ofEpochMilli(1772359200283L));
    assertThat(TimeFormat.MS.parse("1772359200283")).contains(Instant.ofEpochMilli(1772359200283L));
    assertThat(TimeFormat.HTTP.parse("Thu, 04 Jan 2024 18:05:25 GMT"))
        .contains(Instant.parse("2024-01-04T18:05:25Z"));
    assertThat(TimeFormat.ANY.parse("1772359200")).contains(Instant.ofEpochSecond(1772359200));
    assertThat(TimeFormat.ANY.parse("1772359200283"))
        .contains(Instant.ofEpochMilli(1772359200283L));
    assertThat(TimeFormat.ANY.parse("2026-03-01")).isPresent();
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThat(TimeFormat.ISO.parse("2026-02-30T00:00:00Z")).isEmpty();
    assertThat(TimeFormat.ISO.parse("0001-01-01T00:00:00Z")).isEmpty();
    assertThat(TimeFormat.ISO.parse("1772359200")).isEmpty();
    assertThat(TimeFormat.S.parse("1e999999999")).isEmpty();
    assertThat(TimeFormat.S.parse("-5")).isEmpty();
    assertThat(TimeFormat.S.parse("999999999999999")).isEmpty();
    assertThat(TimeFormat.MS.parse("9999999999999999999")).isEmpty();
    assertThat(TimeFormat.MS.parse("")).isEmpty();
    assertThat(TimeFormat.HTTP.parse("Thu, 99 Jan 2024")).isEmpty();
  }
}

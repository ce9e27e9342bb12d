package io.millrace.normalize.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick reader of times says what the platform's says, or leaves the text to others. */
final class UtcTimeTest {

  @Test
  void readsTheUsualForm() {
    assertThat(UtcTime.parse("2026-01-31T08:15:30Z")).isEqualTo("2026-01-31T08:15:30Z");
    assertThat(UtcTime.parse("2026-01-31T08:15:30.5Z")).isEqualTo("2026-01-31T08:15:30.500Z");
    assertThat(UtcTime.parse("2024-02-29T23:59:59.123456789Z"))
        .isEqualTo("2024-02-29T23:59:59.123456789Z");
  }

  @Test
  void leavesEverythingElseAlone() {
    List<String> others =
        List.of(
            "",
            "Z",
            "2026-01-31",
            "2026-01-31T08:15:30",
            "2026-01-31T08:15:30+00:00",
            "2026-01-31T08:15:30.Z",
            "2026-01-31T08:15:30.1234567890Z",
            "2026-01-31 08:15:30Z",
            "2026-01-31t08:15:30z",
            "2026-02-29T08:15:30Z",
            "2026-13-01T08:15:30Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T08:60:00Z",
            "2026-01-31T08:15:60Z",
            "-026-01-31T08:15:30Z",
            "2026-0a-31T08:15:30Z",
            "2026-01-31T08:15:30,5Z",
            "2026-01-31T08:15:3\u0660Z");
    assertThat(others).allSatisfy(text -> assertThat(UtcTime.parse(text)).isNull());
  }

  @Test
  void agreesWithThePlatform() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      String text = spoilt(text(random), random);
      Instant read = UtcTime.parse(text);
      if (read != null) {
        assertThat(read).as("seed %d: %s", seed, text).isEqualTo(platform(text));
      }
    }
  }

  private static String text(Random random) {
    long second = random.nextLong(253_402_300_800L);
    return Instant.ofEpochSecond(second, random.nextInt(3) * random.nextLong(333_333_333))
        .toString();
  }

  private static String spoilt(String text, Random random) {
    if (random.nextInt(3) > 0) {
      return text;
    }
    int at = random.nextInt(text.length());
    String other = "0123456789TZ:-. ";
    return text.substring(0, at)
        + other.charAt(random.nextInt(other.length()))
        + text.substring(at + 1);
  }

  private static String platform(String text) {
    try {
      return Instant.parse(text).toString();
    } catch (DateTimeParseException notATime) {
      return "no time";
    }
  }
}

package io.millrace.cli;

import java.time.Duration;

/** Durations for people. */
public final class Durations {
  private Durations() {}

  /** In its two largest units: {@code 3 d}, {@code 1 h 30 min}, {@code 5 s}. */
  public static String inWords(Duration duration) {
    if (duration.toHours() >= 48) {
      return duration.toDays() + " d" + rest(duration.toHoursPart(), " h");
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h" + rest(duration.toMinutesPart(), " min");
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min" + rest(duration.toSecondsPart(), " s")
        : duration.toSeconds() + " s";
  }

  private static String rest(int amount, String unit) {
    return amount == 0 ? "" : " " + amount + unit;
  }
}

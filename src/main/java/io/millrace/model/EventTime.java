package io.millrace.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** When something happened, as far as what its sender says can be right. */
public final class EventTime {
  /**
   * A time this far ahead of its arrival has a wrong clock, and the arrival is taken for it: it
   * must not age everything before, and no day that has not come yet is ever remembered.
   */
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  /** A time before this has a year of another length, which dates are not written with. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private EventTime() {}

  /** Whether a time is taken for what it says, by the arrival of its event. */
  public static boolean isBelievable(Instant moment, Instant arrival) {
    return !moment.isAfter(arrival.plus(CLOCK_TOLERANCE));
  }

  /** The UTC day of a moment. */
  public static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  /** The UTC day of an event: that of its arrival if its own time cannot be right. */
  public static LocalDate day(Instant occurredAt, Instant arrival) {
    boolean isUsable = isBelievable(occurredAt, arrival) && !occurredAt.isBefore(EARLIEST);
    return day(isUsable ? occurredAt : arrival);
  }
}

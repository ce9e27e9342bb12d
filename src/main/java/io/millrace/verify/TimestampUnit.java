package io.millrace.verify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The format of a signed time. */
public enum TimestampUnit {
  SECONDS,
  MILLISECONDS,
  /** ISO 8601 with a zone or offset. */
  ISO,
  /** As in HTTP headers: {@code Thu, 04 Jan 2024 18:05:25 GMT}. */
  HTTP;

  /** Enough for any realistic time, and no number of this length overflows. */
  private static final int MAX_DIGITS = 15;

  /** Parses a time; empty if the text is not a time in this unit. */
  Optional<Instant> parse(String text) {
    try {
      return switch (this) {
        case SECONDS -> digits(text).map(Instant::ofEpochSecond);
        case MILLISECONDS -> digits(text).map(Instant::ofEpochMilli);
        case ISO ->
            Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.ISO_DATE_TIME).toInstant());
        case HTTP ->
            Optional.of(
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      };
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** ASCII digits only: the JDK's own parser accepts signs and digits of other scripts. */
  private static Optional<Long> digits(String text) {
    boolean clean =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    return clean ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}

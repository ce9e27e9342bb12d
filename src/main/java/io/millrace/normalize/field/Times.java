package io.millrace.normalize.field;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Days and instants. */
final class Times {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern WRITTEN = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})([T ].{1,40})?");
  private static final Pattern COMPACTLY = Pattern.compile("\\d{8}");

  /** Nine digits are 1973 in seconds; fewer are a year, a day or a quantity, and no time. */
  private static final Pattern SINCE_1970 = Pattern.compile("-?\\d{9,15}(\\.\\d{1,9})?");

  private static final Pattern DIGITS = Pattern.compile("[\\d.-]+");
  private static final long FIRST_MILLIS = 100_000_000_000L;

  private Times() {}

  /**
   * The day as the sender wrote it, regardless of a time and zone after it; for a number since 1970
   * the day in UTC.
   */
  static Checked date(String text) {
    return day(text)
        .<Checked>map(day -> new Checked.Good(DAY.format(day)))
        .orElseGet(() -> new Checked.Bad("is not a day in ISO 8601, such as 2026-03-01"));
  }

  private static Optional<LocalDate> day(String text) {
    try {
      Matcher written = WRITTEN.matcher(text);
      if (written.matches()) {
        LocalDate day = LocalDate.parse(written.group(1), DAY);
        return isTime(written.group(2)) ? Optional.of(day) : Optional.empty();
      }
      if (COMPACTLY.matcher(text).matches()) {
        return Optional.of(LocalDate.parse(text, COMPACT));
      }
      return SINCE_1970.matcher(text).matches() ? Optional.of(since1970(text)) : Optional.empty();
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  private static boolean isTime(@Nullable String rest) {
    return rest == null || TimeFormat.ISO.parse("2000-01-01" + rest).isPresent();
  }

  private static LocalDate since1970(String text) {
    int point = text.indexOf('.');
    long number = Long.parseLong(point < 0 ? text : text.substring(0, point));
    Instant instant =
        Math.abs(number) < FIRST_MILLIS
            ? Instant.ofEpochSecond(number)
            : Instant.ofEpochMilli(number);
    LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
    if (day.getYear() < 0 || day.getYear() > 9999) {
      throw new DateTimeException(text);
    }
    return day;
  }

  static Checked timestamp(String text) {
    Optional<Instant> instant = instant(text);
    return instant
        .<Checked>map(found -> new Checked.Good(found.toString()))
        .orElseGet(
            () ->
                new Checked.Bad(
                    "is not "
                        + TimeFormat.ANY.inWords()
                        + ", between 1970 and 9999, such as 2026-03-01T10:00:00Z"));
  }

  private static Optional<Instant> instant(String text) {
    if (COMPACTLY.matcher(text).matches()) {
      return day(text).flatMap(day -> TimeFormat.ISO.parse(DAY.format(day)));
    }
    boolean isShortNumber =
        DIGITS.matcher(text).matches()
            && !SINCE_1970.matcher(text).matches()
            && !WRITTEN.matcher(text).matches();
    return isShortNumber ? Optional.empty() : TimeFormat.ANY.parse(text);
  }
}

package io.millrace.normalize.field;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How senders write a time. */
public enum TimeFormat {
  /** Seconds since 1970, with or without a fraction. */
  S("s", "seconds since 1970"),
  /** Milliseconds since 1970. */
  MS("ms", "milliseconds since 1970"),
  /** ISO 8601; without a zone it is UTC. Blanks for the T and before the zone are accepted. */
  ISO("iso", "an ISO 8601 time like 2026-01-31T08:15:30Z"),
  /** As HTTP writes it: {@code Thu, 04 Jan 2024 18:05:25 GMT}. */
  HTTP("http", "an HTTP date like Thu, 04 Jan 2024 18:05:25 GMT"),
  /**
   * For senders without a description: a number below 100,000,000,000 is seconds (until the year
   * 5138), another one milliseconds (since 1973), everything else ISO 8601.
   */
  ANY("any", "a time in ISO 8601, in seconds or in milliseconds since 1970");

  // Deliberately bounded: an exponent could make a number of any size.
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,18})?");
  private static final BigDecimal FIRST_MILLIS = new BigDecimal("100000000000");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final DateTimeFormatter ISO_VARIANTS =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[ ]")
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "Z")
          .optionalEnd()
          .appendPattern("['UTC']['GMT']")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final String unit;
  private final String inWords;

  TimeFormat(String unit, String inWords) {
    this.unit = unit;
    this.inWords = inWords;
  }

  /** Its name in YAML. */
  public String unit() {
    return unit;
  }

  /** Its description for messages. */
  public String inWords() {
    return inWords;
  }

  /**
   * The time, to the millisecond; empty when the text is not one in this format, or not between the
   * years 1970 and 9999. Times in the future are accepted: senders' clocks can be wrong, and
   * nothing downstream uses a sender's time as its own clock.
   */
  public Optional<Instant> parse(String text) {
    try {
      Instant time = parsed(text.strip()).truncatedTo(ChronoUnit.MILLIS);
      return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)
          ? Optional.empty()
          : Optional.of(time);
    } catch (DateTimeException | ArithmeticException | NumberFormatException failure) {
      return Optional.empty();
    }
  }

  private Instant parsed(String text) {
    return switch (this) {
      case S -> epoch(text, 3);
      case MS -> epoch(text, 0);
      case ISO -> iso(text);
      case ANY -> any(text);
      case HTTP -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    };
  }

  private static Instant any(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return iso(text);
    }
    return new BigDecimal(text).compareTo(FIRST_MILLIS) < 0 ? epoch(text, 3) : epoch(text, 0);
  }

  private static Instant epoch(String text, int digitsToMillis) {
    if (!NUMBER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    BigDecimal millis = new BigDecimal(text).movePointRight(digitsToMillis);
    return Instant.ofEpochMilli(millis.setScale(0, RoundingMode.FLOOR).longValueExact());
  }

  private static Instant iso(String text) {
    Instant usual = UtcTime.parse(text);
    return usual == null ? isoVariant(text) : usual;
  }

  private static Instant isoVariant(String text) {
    TemporalAccessor time =
        ISO_VARIANTS.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    return switch (time) {
      case OffsetDateTime zoned -> zoned.toInstant();
      case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
      case LocalDate day -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
      default -> throw new DateTimeException(text);
    };
  }
}

package io.millrace.bench.sender;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The formats of times. */
enum TimeText {
  SECONDS,
  MILLISECONDS,
  ISO,
  HTTP_DATE;

  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  String of(Instant at) {
    return switch (this) {
      case SECONDS -> Long.toString(at.getEpochSecond());
      case MILLISECONDS -> Long.toString(at.toEpochMilli());
      case ISO -> at.truncatedTo(ChronoUnit.SECONDS).toString();
      case HTTP_DATE -> HTTP.format(at);
    };
  }
}

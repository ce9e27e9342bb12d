package io.millrace.bench.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as senders write them. */
final class Times {
  private static final String OFFSET = "yyyy-MM-dd'T'HH:mm:ss'+00:00'";
  private static final String MILLIS = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";
  private static final String MICROS = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'";

  private Times() {}

  /**
   * A time.
   *
   * @param form s, ms, float (all numbers); iso, iso.ms, iso.us, iso+ (with an offset); or a
   *     pattern of {@link DateTimeFormatter}, in UTC
   */
  static JsonNode write(Instant at, String form) {
    return switch (form) {
      case "s" -> LongNode.valueOf(at.getEpochSecond());
      case "ms" -> LongNode.valueOf(at.toEpochMilli());
      case "float" -> DecimalNode.valueOf(BigDecimal.valueOf(at.toEpochMilli(), 3));
      case "iso" -> TextNode.valueOf(at.truncatedTo(ChronoUnit.SECONDS).toString());
      case "iso.ms" -> pattern(at, MILLIS);
      case "iso.us" -> pattern(at, MICROS);
      case "iso+" -> pattern(at, OFFSET);
      default -> pattern(at, form);
    };
  }

  private static TextNode pattern(Instant at, String pattern) {
    DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    return TextNode.valueOf(formatter.format(at.atOffset(ZoneOffset.UTC)));
  }
}

package io.millrace.source;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a source may deliver, as a token bucket, written {@code 100/s}, {@code 600/m} or {@code
 * 100/s burst 500}.
 *
 * @param count tokens added every period, 1 to 1,000,000
 * @param period a second or a minute
 * @param burst the capacity of the bucket, which is how many may arrive at once; 1 to 1,000,000
 */
public record RateLimit(int count, Duration period, int burst) {
  private static final int MOST = 1_000_000;
  private static final String NUMBER = "([1-9][0-9]{0,6})";
  private static final Pattern NOTATION =
      Pattern.compile(NUMBER + "/([sm])( burst " + NUMBER + ")?");

  public RateLimit {
    if (count < 1 || count > MOST || burst < 1 || burst > MOST || !period.isPositive()) {
      throw new IllegalArgumentException("a rate limit has to be 1 to 1,000,000 per period");
    }
  }

  /**
   * Parses a rate limit; by default the burst equals the number per period.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static RateLimit parse(String text) {
    Matcher parts = NOTATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text + " is not a rate such as 100/s");
    }
    int count = Integer.parseInt(parts.group(1));
    Duration period = parts.group(2).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
    String burst = parts.group(4);
    return new RateLimit(count, period, burst == null ? count : Integer.parseInt(burst));
  }

  /** A multiple of this limit, up to the largest there is. */
  public RateLimit times(int factor) {
    return new RateLimit(
        Math.toIntExact(Math.min(MOST, (long) count * factor)),
        period,
        Math.toIntExact(Math.min(MOST, (long) burst * factor)));
  }

  @Override
  public String toString() {
    String unit = period.equals(Duration.ofSeconds(1)) ? "s" : "m";
    return count + "/" + unit + (burst == count ? "" : " burst " + burst);
  }
}

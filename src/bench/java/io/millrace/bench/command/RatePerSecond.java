package io.millrace.bench.command;

import io.millrace.app.CommandException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads rates such as {@code 20/s} and {@code 90/m}. */
final class RatePerSecond {
  private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:/(s|m))?");
  private static final int SECONDS_PER_MINUTE = 60;

  private RatePerSecond() {}

  /**
   * More than zero, per second.
   *
   * @throws CommandException if it is not a rate
   */
  static double parse(String rate) {
    Matcher matcher = RATE.matcher(rate);
    if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
      throw CommandException.usage(
          "--rate must be a number above 0 per s or m, such as 20/s," + " not " + rate);
    }
    double number = Double.parseDouble(matcher.group(1));
    return "m".equals(matcher.group(2)) ? number / SECONDS_PER_MINUTE : number;
  }
}

package io.millrace.bench.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header of every simulated request, which connects a stored delivery with its line in the
 * journal.
 *
 * @param run the run's tag
 * @param request index of the request in the plan
 * @param attempt counts the attempts from 1
 */
public record RequestTag(String run, int request, int attempt) {
  /** Name of the header. */
  public static final String HEADER = "X-Simulated-Request";

  private static final Pattern FORM = Pattern.compile("([a-z0-9]+)/(\\d{1,9})/(\\d{1,9})");

  /** Reads a header's value; empty if it is not a tag. */
  public static Optional<RequestTag> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new RequestTag(
            matcher.group(1),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3))));
  }

  String text() {
    return run + "/" + request + "/" + attempt;
  }
}

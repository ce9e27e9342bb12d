package io.millrace.edge.admit;

import io.github.bucket4j.TimeMeter;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import io.millrace.source.RateLimit;
import io.millrace.source.Source;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rate limits of the sources. Only verified requests count, so forged requests cannot use up
 * the rate of the genuine sender. The counts survive a change of a source's file, unless it changes
 * the limit.
 */
public final class RateLimits {
  private final Map<String, Tokens> bySource = new ConcurrentHashMap<>();
  private final TimeMeter time;

  public RateLimits(TimeMeter time) {
    this.time = time;
  }

  /** Refuses a request if the rate is used up; does not count it. */
  public void check(Source source) {
    tokens(source)
        .filter(tokens -> tokens.secondsToNext() > 0)
        .ifPresent(
            tokens -> {
              throw tooMany(source, tokens);
            });
  }

  /** Counts a verified request, or refuses it. */
  public void count(Source source) {
    tokens(source)
        .filter(tokens -> !tokens.take())
        .ifPresent(
            tokens -> {
              throw tooMany(source, tokens);
            });
  }

  private Optional<Tokens> tokens(Source source) {
    return source.rateLimit().map(limit -> tokens(source.name(), limit));
  }

  private Tokens tokens(String source, RateLimit limit) {
    return bySource.compute(
        source,
        (name, tokens) ->
            tokens != null && tokens.limit().equals(limit) ? tokens : new Tokens(limit, time));
  }

  private static ProblemException tooMany(Source source, Tokens tokens) {
    return Problem.of(
            Reason.RATE_LIMITED,
            "The source has delivered more than its rateLimit of "
                + tokens.limit()
                + "; send the delivery again later")
        .at(source.name())
        .retryAfter(RetryAfter.nextToken(tokens.secondsToNext()))
        .toException();
  }
}

package io.millrace.edge.admit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.millrace.source.RateLimit;
import java.util.concurrent.TimeUnit;

/** A token bucket that is refilled at a fixed rate. */
final class Tokens {
  private final RateLimit limit;
  private final Bucket bucket;

  Tokens(RateLimit limit, TimeMeter time) {
    this.limit = limit;
    bucket =
        Bucket.builder()
            .addLimit(
                tokens ->
                    tokens.capacity(limit.burst()).refillGreedy(limit.count(), limit.period()))
            .withCustomTimePrecision(time)
            .build();
  }

  RateLimit limit() {
    return limit;
  }

  /** Takes a token; false if there is none. */
  boolean take() {
    return bucket.tryConsume(1);
  }

  /** The seconds until the next token; 0 if there is one now. */
  long secondsToNext() {
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanos - 1) + 1;
  }
}

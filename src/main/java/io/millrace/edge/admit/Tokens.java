package io.millrace.edge.admit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.millrace.source.RateLimit;
import java.util.concurrent.TimeUnit;

/** A bucket of tokens that fills at a rate. */
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

  /** Whether there was a token to take. */
  boolean take() {
    return bucket.tryConsume(1);
  }

  /** In how many seconds there will be a token; 0 if there is one. */
  long secondsToNext() {
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanos - 1) + 1;
  }
}

package io.millrace.tidy.planted.rule;

import io.millrace.tidy.planted.verify.CuriousVerifier;
import java.time.Instant;
import java.util.function.Supplier;

/** A rule that reads the clock and knows a sender. */
public final class ImpureRule {
  public CuriousVerifier verifier() {
    return new CuriousVerifier();
  }

  public Instant called() {
    return Instant.now();
  }

  public Supplier<Instant> referred() {
    return Instant::now;
  }
}

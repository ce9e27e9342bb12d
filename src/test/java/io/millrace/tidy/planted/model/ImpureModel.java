package io.millrace.tidy.planted.model;

import io.millrace.tidy.planted.verify.CuriousVerifier;
import java.time.Instant;
import java.util.function.Supplier;

/** A model that reads the clock and knows a sender. */
public final class ImpureModel {
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

package io.millrace.tidy.planted.bench;

import io.millrace.tidy.planted.stream.CuriousStep;

/** A benchmark that knows a step. */
public final class CuriousBench {
  public CuriousStep step() {
    return new CuriousStep();
  }
}

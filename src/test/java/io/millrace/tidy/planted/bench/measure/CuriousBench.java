package io.millrace.tidy.planted.bench.measure;

import io.millrace.tidy.planted.flow.CuriousStep;

/** A benchmark that knows a step. */
public final class CuriousBench {
  public CuriousStep step() {
    return new CuriousStep();
  }
}

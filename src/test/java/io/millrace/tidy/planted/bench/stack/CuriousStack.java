package io.millrace.tidy.planted.bench.stack;

import io.millrace.tidy.planted.flow.CuriousStep;

/** A stack that knows a step. */
public final class CuriousStack {
  public CuriousStep step() {
    return new CuriousStep();
  }
}

package io.millrace.tidy.planted.stack;

import io.millrace.tidy.planted.stream.CuriousStep;

/** A stack that knows a step. */
public final class CuriousStack {
  public CuriousStep step() {
    return new CuriousStep();
  }
}

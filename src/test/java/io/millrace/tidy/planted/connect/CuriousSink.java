package io.millrace.tidy.planted.connect;

import io.millrace.tidy.planted.flow.CuriousStep;

/** A sink that knows the flow. */
public final class CuriousSink {
  public CuriousStep step() {
    return new CuriousStep();
  }
}

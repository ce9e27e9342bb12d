package io.millrace.tidy.planted.kafka;

import io.millrace.tidy.planted.flow.CuriousStep;

/** A wire that knows a step instead of a port. */
public final class CuriousWire {
  public CuriousStep step() {
    return new CuriousStep();
  }
}

package io.millrace.tidy.planted.app;

import io.millrace.tidy.planted.bench.stack.CuriousStack;

/** A process that needs the bench. */
public final class CuriousProcess {
  public CuriousStack stack() {
    return new CuriousStack();
  }
}

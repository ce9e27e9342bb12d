package io.millrace.tidy.planted.capture;

import io.millrace.tidy.planted.app.CuriousProcess;
import io.millrace.tidy.planted.edge.CuriousEdge;

/** A redaction that knows where its bytes come from, and how it is put together. */
public final class CuriousCapture {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }

  public CuriousProcess process() {
    return new CuriousProcess();
  }
}

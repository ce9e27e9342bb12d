package io.millrace.tidy.planted.capture;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A redaction that knows where its bytes come from. */
public final class CuriousCapture {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

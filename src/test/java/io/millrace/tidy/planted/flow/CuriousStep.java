package io.millrace.tidy.planted.flow;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A step that knows the edge and the time. */
public final class CuriousStep {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }

  public long time() {
    return System.currentTimeMillis();
  }
}

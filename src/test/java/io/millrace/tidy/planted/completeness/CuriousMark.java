package io.millrace.tidy.planted.completeness;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A mark that asks the edge. */
public final class CuriousMark {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

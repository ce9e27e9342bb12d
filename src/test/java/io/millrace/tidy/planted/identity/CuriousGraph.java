package io.millrace.tidy.planted.identity;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A graph that knows where its links came from. */
public final class CuriousGraph {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

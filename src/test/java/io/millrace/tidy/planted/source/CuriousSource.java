package io.millrace.tidy.planted.source;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A source that knows the edge. */
public final class CuriousSource {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

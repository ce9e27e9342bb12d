package io.millrace.tidy.planted.spool;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A spool that knows the edge and not just its port. */
public final class CuriousSpool {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

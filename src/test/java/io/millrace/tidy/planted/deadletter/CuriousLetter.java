package io.millrace.tidy.planted.deadletter;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A dead letter that asks the edge. */
public final class CuriousLetter {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

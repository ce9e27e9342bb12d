package io.millrace.tidy.planted.normalize.field;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A format that asks who sent its value. */
public final class CuriousFormat {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

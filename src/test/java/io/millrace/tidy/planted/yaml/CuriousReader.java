package io.millrace.tidy.planted.yaml;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A reader that asks who wants to know. */
public final class CuriousReader {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

package io.millrace.tidy.planted.file;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A file that knows what is in it. */
public final class CuriousFile {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

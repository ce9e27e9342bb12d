package io.millrace.tidy.planted.config.setting;

import io.millrace.tidy.planted.edge.CuriousEdge;

/** A setting that knows a part it is used in. */
public final class CuriousSetting {
  public CuriousEdge edge() {
    return new CuriousEdge();
  }
}

package io.millrace.tidy.planted.console;

import io.millrace.tidy.planted.edge.CuriousEdge;
import java.util.logging.Logger;

/** A console that knows the edge and logs its own way. */
public final class CuriousConsole {
  public CuriousEdge edge() {
    Logger.getAnonymousLogger().info("logged");
    return new CuriousEdge();
  }
}

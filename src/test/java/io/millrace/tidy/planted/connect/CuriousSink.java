package io.millrace.tidy.planted.connect;

import io.millrace.tidy.planted.kafka.CuriousWire;

/** A sink that knows the wires. */
public final class CuriousSink {
  public CuriousWire wire() {
    return new CuriousWire();
  }
}

package io.millrace.tidy.planted.edge;

import io.millrace.tidy.planted.cli.PlantedCommand;
import io.millrace.tidy.planted.kafka.CuriousWire;

/** An edge that knows Kafka and a command, and prints. */
public final class CuriousEdge {
  public CuriousWire wire() {
    System.out.println("printed");
    return new CuriousWire();
  }

  public PlantedCommand command() {
    return new PlantedCommand();
  }
}

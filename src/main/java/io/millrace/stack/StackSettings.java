package io.millrace.stack;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the embedded stack keeps its data and listens.
 *
 * @param data everything the stack must remember lies under it; created when missing
 * @param portOffset is added to every port
 * @param parts where the build unpacked the schema registry and the Connect plugins
 * @param alongside ports the caller will listen on itself, checked together with the stack's own
 */
public record StackSettings(Path data, int portOffset, Path parts, List<Port> alongside) {
  /** The system property by which the launcher says where the build unpacked the parts. */
  public static final String PARTS_PROPERTY = "millrace.stack";

  public StackSettings {
    data = data.toAbsolutePath().normalize();
    parts = parts.toAbsolutePath().normalize();
    alongside = List.copyOf(alongside);
  }

  /** Settings for the parts the launcher names, else those of a build in the working directory. */
  public static StackSettings of(Path data, int portOffset) {
    String parts = System.getProperty(PARTS_PROPERTY, "target/stack");
    return new StackSettings(data, portOffset, Path.of(parts), List.of());
  }

  /** The same, and these ports are needed too. */
  public StackSettings alongside(Port... ports) {
    return new StackSettings(data, portOffset, parts, List.of(ports));
  }

  int brokerPort() {
    return 9092 + portOffset;
  }

  int controllerPort() {
    return 9093 + portOffset;
  }

  int registryPort() {
    return 8081 + portOffset;
  }

  int connectPort() {
    return 8083 + portOffset;
  }

  int warehousePort() {
    return 15432 + portOffset;
  }

  List<Port> ports() {
    return List.of(
        new Port("broker", brokerPort()),
        new Port("broker's controller", controllerPort()),
        new Port("schema registry", registryPort()),
        new Port("Connect worker", connectPort()),
        new Port("PostgreSQL", warehousePort()));
  }

  /** The addresses the parts have, or will have, once started. */
  public StackEndpoints endpoints() {
    String registry = "http://127.0.0.1:" + registryPort();
    return new StackEndpoints(
        "127.0.0.1:" + brokerPort(),
        registry,
        registry + "/apis/ccompat/v7",
        "http://127.0.0.1:" + connectPort(),
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(warehousePort(), Warehouse.DATABASE),
        Warehouse.USER,
        Warehouse.PASSWORD);
  }
}

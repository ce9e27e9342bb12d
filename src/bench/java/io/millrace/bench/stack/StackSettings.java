package io.millrace.bench.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Where the embedded stack keeps its data, and where it listens.
 *
 * @param data directory for all data of the stack; created if missing
 * @param portOffset is added to every port
 * @param parts where the build unpacked the schema registry and the Connect plugins
 * @param alongside ports that the caller will listen on, checked together with the stack's own
 */
public record StackSettings(Path data, int portOffset, Path parts, List<Port> alongside) {
  /** The system property with which the launcher names the directory of the unpacked parts. */
  public static final String PARTS_PROPERTY = "millrace.stack";

  /** The highest and the lowest of the ports, before the offset. */
  private static final int HIGHEST = 15_432;

  private static final int LOWEST = 8_080;

  /** The range to search for free ports: below the ephemeral ports of operating systems. */
  private static final int FIRST_FREE_OFFSET = 10_000;

  private static final int OFFSET_STEP = 20;
  private static final int FREE_OFFSETS = 350;

  public StackSettings {
    if (portOffset + LOWEST < 1 || portOffset + HIGHEST > 65_535) {
      throw new IllegalArgumentException(
          "the port offset is %d; it must be between %d and %d"
              .formatted(portOffset, 1 - LOWEST, 65_535 - HIGHEST));
    }
    data = data.toAbsolutePath().normalize();
    parts = parts.toAbsolutePath().normalize();
    alongside = List.copyOf(alongside);
  }

  /**
   * Settings with the parts that the launcher names, or those of a build in the working directory.
   */
  public static StackSettings of(Path data, int portOffset) {
    String parts = System.getProperty(PARTS_PROPERTY, "target/stack");
    return new StackSettings(data, portOffset, Path.of(parts), List.of());
  }

  /**
   * Settings with ports that are free now, for a stack that runs next to others.
   *
   * @throws StackException when there is no such offset
   */
  public static StackSettings onFreePorts(Path data) {
    int first = ThreadLocalRandom.current().nextInt(FREE_OFFSETS);
    return IntStream.range(0, FREE_OFFSETS)
        .map(number -> FIRST_FREE_OFFSET + (first + number) % FREE_OFFSETS * OFFSET_STEP)
        .mapToObj(offset -> of(data, offset))
        .filter(settings -> FreePorts.areFree(settings.ports()))
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "no free ports were found between %d and %d; stop processes that listen there"
                        .formatted(
                            LOWEST + FIRST_FREE_OFFSET,
                            HIGHEST + FIRST_FREE_OFFSET + FREE_OFFSETS * OFFSET_STEP)));
  }

  /** The same settings, with additional ports to check. */
  public StackSettings alongside(Port... ports) {
    return new StackSettings(data, portOffset, parts, List.of(ports));
  }

  public int brokerPort() {
    return 9092 + portOffset;
  }

  public int controllerPort() {
    return 9093 + portOffset;
  }

  int registryPort() {
    return 8081 + portOffset;
  }

  int connectPort() {
    return 8083 + portOffset;
  }

  int warehousePort() {
    return HIGHEST + portOffset;
  }

  List<Port> ports() {
    return List.of(
        new Port("broker", brokerPort()),
        new Port("broker's controller", controllerPort()),
        new Port("schema registry", registryPort()),
        new Port("Connect worker", connectPort()),
        new Port("PostgreSQL server", warehousePort()));
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
        data.resolve("secrets"));
  }
}

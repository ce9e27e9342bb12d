package io.millrace.bench.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;

/** Checks before anything is started that every port is free. */
public final class FreePorts {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private FreePorts() {}

  /**
   * Fails if a port is taken.
   *
   * @throws StackException with one line for each port that is taken
   */
  public static void require(List<Port> ports) {
    List<Port> taken = ports.stream().filter(port -> !isFree(port.number())).toList();
    if (!taken.isEmpty()) {
      throw new StackException(
          taken.stream()
              .map(
                  port ->
                      ("port %d for the %s is in use: stop the process that listens there, or"
                              + " move all ports with --port-offset N")
                          .formatted(port.number(), port.owner()))
              .collect(Collectors.joining(System.lineSeparator())));
    }
  }

  /** Whether all of these ports are free now. */
  static boolean areFree(List<Port> ports) {
    return ports.stream().allMatch(port -> isFree(port.number()));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // A port with connections still in TIME_WAIT after our own last run is free for a listener.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}

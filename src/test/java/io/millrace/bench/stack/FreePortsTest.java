package io.millrace.bench.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Test
  void namesEveryPortThatIsTaken() throws IOException {
    try (ServerSocket first = listen();
        ServerSocket second = listen()) {
      List<Port> ports =
          List.of(
              new Port("broker", first.getLocalPort()), new Port("edge", second.getLocalPort()));

      assertThatThrownBy(() -> FreePorts.require(ports))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("port %d for the broker is in use", first.getLocalPort())
          .hasMessageContaining("port %d for the edge is in use", second.getLocalPort())
          .hasMessageContaining("--port-offset N");
    }
  }

  @Test
  void acceptsPortsNobodyHas() throws IOException {
    int free;
    try (ServerSocket socket = listen()) {
      free = socket.getLocalPort();
    }

    assertThatCode(() -> FreePorts.require(List.of(new Port("edge", free))))
        .doesNotThrowAnyException();
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}

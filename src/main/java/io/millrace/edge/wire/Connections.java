package io.millrace.edge.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;

/** What the server library's connections cannot do themselves. */
public final class Connections {
  private static final int AT_ONCE = 0;

  private Connections() {}

  /**
   * Ends a connection at once, with a reset: whoever does not close it either would hold it for as
   * long as they like otherwise.
   */
  public static void abort(EndPoint connection) {
    try {
      if (transport(connection) instanceof SocketChannelEndPoint socket) {
        socket.getChannel().setOption(StandardSocketOptions.SO_LINGER, AT_ONCE);
      }
    } catch (IOException closed) {
      // Then there is nothing left to reset.
    }
    connection.close();
  }

  /** The IP address at the other end; empty if it is gone. */
  public static Optional<String> peer(EndPoint connection) {
    SocketAddress remote = connection.getRemoteSocketAddress();
    return remote instanceof InetSocketAddress internet && internet.getAddress() != null
        ? Optional.of(internet.getAddress().getHostAddress())
        : Optional.empty();
  }

  private static EndPoint transport(EndPoint connection) {
    EndPoint inner = connection;
    while (inner instanceof EndPoint.Wrapper wrapper) {
      inner = wrapper.unwrap();
    }
    return inner;
  }
}

package io.millrace.edge.wire;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Accepts every connection, and lets a gate decide which of them stay. */
final class GuardedConnector extends ServerConnector {
  private final ConnectionGate gate;

  GuardedConnector(Server server, ConnectionGate gate, ConnectionFactory... layers) {
    super(server, layers);
    this.gate = gate;
  }

  @Override
  protected void onEndPointOpened(EndPoint connection) {
    super.onEndPointOpened(connection);
    Connections.peer(connection)
        .ifPresentOrElse(
            peer -> gate.opened(peer, connection, () -> Connections.abort(connection)),
            () -> Connections.abort(connection));
  }

  @Override
  protected void onEndPointClosed(EndPoint connection) {
    gate.closed(connection);
    super.onEndPointClosed(connection);
  }
}

package io.millrace.edge.admit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.ProxyConnectionFactory.ProxyEndPoint;

/**
 * The other end of a connection.
 *
 * @param address of the connection itself
 * @param proxied the address it named in the PROXY protocol
 */
public record Peer(String address, Optional<String> proxied) {

  private static final String ATTRIBUTE = Peer.class.getName();

  /** Determined once per connection, and kept with it. */
  static Peer of(HttpServletRequest request) {
    ConnectionMetaData connection =
        ServletContextRequest.getServletContextRequest(request).getConnectionMetaData();
    if (connection.getAttribute(ATTRIBUTE) instanceof Peer known) {
      return known;
    }
    Peer found = find(request, connection);
    connection.setAttribute(ATTRIBUTE, found);
    return found;
  }

  private static Peer find(HttpServletRequest request, ConnectionMetaData connection) {
    String seen = NodeAddress.ofConnection(request.getRemoteAddr());
    EndPoint end = connection.getConnection().getEndPoint();
    while (end instanceof EndPoint.Wrapper wrapper) {
      end = wrapper.unwrap();
      if (wrapper instanceof ProxyEndPoint) {
        return new Peer(address(end.getRemoteSocketAddress()).orElse(seen), Optional.of(seen));
      }
    }
    return new Peer(seen, Optional.empty());
  }

  private static Optional<String> address(SocketAddress remote) {
    return remote instanceof InetSocketAddress internet && internet.getAddress() != null
        ? Optional.of(NodeAddress.ofConnection(internet.getAddress().getHostAddress()))
        : Optional.empty();
  }
}

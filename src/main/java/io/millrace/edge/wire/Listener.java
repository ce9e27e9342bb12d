package io.millrace.edge.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/** Configures the port the edge listens on, and which requests it accepts as HTTP. */
public final class Listener {
  /**
   * The operating system's queue of connections not accepted yet. The JDK's 50 are too few when a
   * sender comes back from an outage with its whole backlog: further connections wait for seconds
   * or are reset.
   */
  private static final int ACCEPT_QUEUE = 1024;

  private static final int MIN_THREADS = 4;

  /** Far more than accepting, selecting and timing need on the largest machine. */
  private static final int MAX_THREADS = 64;

  private final EdgeSettings settings;

  private final ConnectionGate gate;

  private final SlowHeaders slowHeaders;

  public Listener(EdgeSettings settings, ConnectionGate gate) {
    this.settings = settings;
    this.gate = gate;
    Duration request = settings.requestTimeout();
    Duration idle = settings.idleTimeout();
    slowHeaders = new SlowHeaders(request.compareTo(idle) > 0 ? request : idle);
  }

  /**
   * Makes platform threads for accepting connections and selecting the readable ones, and virtual
   * threads for everything that waits: bodies are read by blocking, so a few hundred slow senders
   * would use up all platform threads. A virtual thread that waits for events would cost a second
   * poll.
   */
  public static ThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("edge-http");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return threads;
  }

  public void configure(HttpConfiguration http) {
    http.setRequestHeaderSize(settings.maxHeaderBytes());
    http.setSendServerVersion(false);
    // Two lengths, a length with chunks, folded headers, two hosts: each allows request smuggling.
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(UriCompliance.DEFAULT);
    // Senders are not browsers: some call an IP address, or a name made up by the proxy.
    http.addCustomizer(new SecureRequestCustomizer(false));
  }

  /** Adds the checks every request passes before it is routed. */
  public void guard(Server jetty) {
    jetty.insertHandler(new StrictRequests());
    jetty.insertHandler(slowHeaders);
  }

  public ServerConnector connector(Server jetty, HttpConfiguration http, Optional<Tls> tls) {
    List<ConnectionFactory> layers = new ArrayList<>();
    layers.add(new HttpConnectionFactory(http));
    tls.ifPresent(
        secure ->
            layers.addFirst(
                new SslConnectionFactory(secure.factory(), layers.getFirst().getProtocol())));
    if (settings.network().proxies().proxyProtocol()) {
      layers.addFirst(new ProxyConnectionFactory(layers.getFirst().getProtocol()));
    }
    ServerConnector connector =
        new GuardedConnector(jetty, gate, layers.toArray(ConnectionFactory[]::new));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(slowHeaders, false);
    return connector;
  }
}

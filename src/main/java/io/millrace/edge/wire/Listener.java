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
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/** The port the edge listens on, and what it takes for HTTP. */
public final class Listener {
  /**
   * Connections the system holds until they are accepted. The JDK's 50 are too few when a sender
   * that was away comes back with all it has: what does not fit waits for seconds, or is cut off.
   */
  private static final int ACCEPT_QUEUE = 1024;

  private static final int MIN_THREADS = 4;

  /** Far more than accept, select and keep time on the largest machine. */
  private static final int MAX_THREADS = 64;

  private final EdgeSettings settings;

  private final SlowHeaders slowHeaders;

  public Listener(EdgeSettings settings) {
    this.settings = settings;
    Duration request = settings.requestTimeout();
    Duration idle = settings.idleTimeout();
    slowHeaders = new SlowHeaders(request.compareTo(idle) > 0 ? request : idle);
  }

  /**
   * Threads that accept connections and see which has something to read, and virtual ones for
   * everything that waits: bodies are read by blocking, so on threads of the system a few hundred
   * slow senders would be enough. A virtual thread that waits for events costs two looks at them.
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
    // Two lengths, a length with chunks, folded headers, two hosts: each is a way to smuggle.
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(UriCompliance.DEFAULT);
    // Senders are not browsers: some call by address, or by a name the proxy made up.
    http.addCustomizer(new SecureRequestCustomizer(false));
  }

  /** What every request passes before it is routed. */
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
        new ServerConnector(jetty, layers.toArray(ConnectionFactory[]::new));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(slowHeaders, false);
    connector.addBean(
        new NetworkConnectionLimit(settings.network().limits().connections(), connector));
    return connector;
  }
}

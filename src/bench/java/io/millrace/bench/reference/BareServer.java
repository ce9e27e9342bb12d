package io.millrace.bench.reference;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The server the edge is compared with: the same Javalin and Jetty with the same configuration,
 * which answers every delivery with 200 and does nothing else.
 */
public final class BareServer implements AutoCloseable {
  private static final int ACCEPT_QUEUE = 1024;
  private static final int HEADER_BYTES = 16 * 1024;

  private final Javalin server;
  private final int port;

  /**
   * @param port of 127.0.0.1
   */
  public BareServer(int port) {
    this.port = port;
    this.server = Javalin.create(this::configure);
  }

  public void start() {
    server.start();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setRequestHeaderSize(HEADER_BYTES);
          http.setSendServerVersion(false);
          http.setHttpCompliance(HttpCompliance.RFC9110);
        });
    config.jetty.addConnector(
        (jetty, http) -> {
          ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
          connector.setHost("127.0.0.1");
          connector.setPort(port);
          connector.setAcceptQueueSize(ACCEPT_QUEUE);
          return connector;
        });
    config.routes.post("/in/{source}", context -> context.status(200));
    config.routes.get("/health/ready", context -> context.status(200));
  }

  @Override
  public void close() {
    server.stop();
  }
}

package io.millrace.bench.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.bench.simulator.RequestTag;
import io.millrace.bench.simulator.plan.Plan;
import io.millrace.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An edge that believes what the plan says about each request, and has bad moments. */
public final class FakeEdge implements AutoCloseable {
  /** What to do with the n-th request. */
  public enum Mood {
    FAIR,
    /** 503, nothing stored. */
    BUSY,
    /** Stores it, then drops the connection. */
    STORES_AND_DROPS,
    /** Drops the connection. */
    DROPS
  }

  /** A request that was stored; the body in hex. */
  public record Stored(
      String deliveryId, String source, RequestTag tag, String body, HttpHeaders headers) {}

  /** The headers of a request. */
  public interface HttpHeaders {
    String get(String name);
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newFixedThreadPool(8);
  private final Plan plan;
  private final Function<Integer, Mood> moods;
  private final AtomicInteger requests = new AtomicInteger();
  private final List<Stored> stored = new ArrayList<>();

  public FakeEdge(Plan plan, Function<Integer, Mood> moods) throws IOException {
    this.plan = plan;
    this.moods = moods;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/in/", this::handle);
    server.setExecutor(workers);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized List<Stored> stored() {
    return List.copyOf(stored);
  }

  public int requests() {
    return requests.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    RequestTag tag =
        RequestTag.parse(exchange.getRequestHeaders().getFirst(RequestTag.HEADER)).orElseThrow();
    Mood mood = moods.apply(requests.incrementAndGet());
    if (mood == Mood.BUSY) {
      answer(exchange, 503, "{\"reason\":\"LOG_UNAVAILABLE\"}");
      return;
    }
    if (mood == Mood.DROPS) {
      exchange.close();
      return;
    }
    var refusal = plan.requests().get(tag.request()).kind().refusal();
    if (refusal.isPresent()) {
      Reason reason = refusal.get();
      answer(exchange, reason.httpStatus(), "{\"reason\":\"" + reason + "\"}");
      return;
    }
    String id = store(exchange, tag, body);
    if (mood == Mood.STORES_AND_DROPS) {
      exchange.close();
      return;
    }
    answer(exchange, 200, "{\"delivery_id\":\"" + id + "\"}");
  }

  private synchronized String store(HttpExchange exchange, RequestTag tag, byte[] body) {
    String id = "delivery-" + stored.size();
    String source = exchange.getRequestURI().getPath().substring("/in/".length());
    var headers = exchange.getRequestHeaders();
    stored.add(new Stored(id, source, tag, HexFormat.of().formatHex(body), headers::getFirst));
    return id;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}

package io.millrace.spool.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Senders that post signed deliveries, each one after the other, and note what was answered. */
public final class Senders implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"delivery_id\": ?\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, List<String>> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<HttpResponse<String>> refused = new CopyOnWriteArrayList<>();
  private final byte[] padding;
  private volatile boolean stopped;

  public Senders(int bodyBytes) {
    padding = " ".repeat(bodyBytes).getBytes(UTF_8);
  }

  /** Begins to send; each sender ends when it is stopped or its connection is. */
  public void start(URI to, int count) {
    for (int sender = 0; sender < count; sender++) {
      int number = threads.size();
      threads.add(Thread.ofVirtual().start(() -> send(to, number)));
    }
  }

  private void send(URI to, int sender) {
    List<String> own = new CopyOnWriteArrayList<>();
    acknowledged.put(sender, own);
    try {
      for (int number = 0; !stopped; number++) {
        HttpResponse<String> answer =
            post(to, "{\"sender\":%d,\"n\":%d}".formatted(sender, number));
        Matcher id = ID.matcher(answer.body());
        if (answer.statusCode() == 200 && id.find()) {
          own.add(id.group(1));
          accepted.incrementAndGet();
        } else {
          refused.add(answer);
        }
      }
    } catch (IOException | InterruptedException killed) {
      // What was not answered is nobody's promise.
      return;
    }
  }

  private HttpResponse<String> post(URI to, String text) throws IOException, InterruptedException {
    byte[] begin = text.getBytes(UTF_8);
    byte[] body = new byte[begin.length + padding.length];
    System.arraycopy(begin, 0, body, 0, begin.length);
    System.arraycopy(padding, 0, body, begin.length, padding.length);
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(30))
            .header("X-Webhook-Signature", "sha256=" + sign(body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String sign(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(EdgeChild.SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public int accepted() {
    return accepted.get();
  }

  public List<HttpResponse<String>> refused() {
    return refused;
  }

  /** The ids each sender was given, in its order. */
  public Map<Integer, List<String>> acknowledged() {
    return acknowledged;
  }

  /** Waits until all have ended. */
  public void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() {
    stopped = true;
    client.shutdownNow();
  }
}

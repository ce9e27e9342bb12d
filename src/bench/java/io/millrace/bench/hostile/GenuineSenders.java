package io.millrace.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Senders that sign what they send, each delivery on a connection of its own and from one of
 * several addresses, at a steady rate. Nothing is sent again, so what is not answered with 200
 * shows.
 */
final class GenuineSenders {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int ADDRESSES = 5;
  private static final int OK = 200;
  private static final String SIGNED = "HmacSHA256";

  private final int port;
  private final SecretKeySpec key;
  private final ConcurrentHistogram micros =
      new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(5), 3);
  private final LongAdder sent = new LongAdder();
  private final Map<String, LongAdder> others = new ConcurrentHashMap<>();

  GenuineSenders(int port, String secret) {
    this.port = port;
    key = new SecretKeySpec(secret.getBytes(UTF_8), SIGNED);
  }

  /** Sends for a while, and waits for the answers. */
  void sendFor(Duration time) throws InterruptedException {
    long began = System.nanoTime();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long due = began; due - began < time.toNanos(); due += PERIOD_NANOS) {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        long number = sent.sum();
        long at = due;
        sent.increment();
        senders.execute(() -> send(number, at));
      }
    }
  }

  private void send(long number, long due) {
    byte[] body = "{\"id\": \"genuine-%d\"}".formatted(number).getBytes(UTF_8);
    String headers = "X-Webhook-Signature: sha256=" + signature(body) + "\r\n";
    byte[] head = RawRequest.head("POST", "/in/forms", headers, body.length);
    try {
      int status = RawRequest.send("127.0.0." + (2 + number % ADDRESSES), port, head, body);
      if (status == OK) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
      } else {
        count(Integer.toString(status));
      }
    } catch (IOException closed) {
      count(String.valueOf(closed.getMessage()));
    }
  }

  private void count(String end) {
    others.computeIfAbsent(end, unseen -> new LongAdder()).increment();
  }

  private String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance(SIGNED);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java has no " + SIGNED, missing);
    }
  }

  long sent() {
    return sent.sum();
  }

  long accepted() {
    return micros.getTotalCount();
  }

  double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  /** How the others ended. */
  Map<String, LongAdder> others() {
    return new TreeMap<>(others);
  }
}

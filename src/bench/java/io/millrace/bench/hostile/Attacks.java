package io.millrace.bench.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Everything strangers are known to have tried, at once. */
final class Attacks {
  private static final int BODY_BYTES = 1_000_000;
  private static final int NAMES = 20;
  private static final int NAME_BYTES = 49_000;
  private static final int NAME_DIGITS = 12;
  private static final int FLOODS = 4;
  private static final int SLOW_OF_EACH = 600;
  private static final int IDLE = 2_000;
  private static final int URL_BYTES = 12_000;

  /** More than any address may try unverified in a second is refused unread, so many take part. */
  private static final int ADDRESSES = 200;

  private static final long DRIP_MILLIS = 4_000;
  private static final long LOOK_MILLIS = 500;

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final byte[] NOTHING = {};

  private final int port;
  private final int consolePort;
  private final long seed;

  /**
   * @param port where the edge listens
   * @param consolePort where its console listens
   */
  Attacks(int port, int consolePort, long seed) {
    this.port = port;
    this.consolePort = consolePort;
    this.seed = seed;
  }

  List<Attack> all() {
    return List.of(
        flood("unique names of 49 kB", "/in/boards", JSON, Attacks::uniqueNames),
        flood("unique names where JSON is read first", "/in/mails", JSON, Attacks::uniqueNames),
        flood("{},{},{}", "/in/mails", JSON, number -> repeated("[", "{},", "{}]")),
        flood("[[[[", "/in/boards", JSON, number -> repeated("", "[", "")),
        flood("a&a&a&", "/in/calls", FORM, number -> repeated("", "a&", "a")),
        slow("slow bodies of one address", "127.0.0.11"),
        slow("slow bodies of another", "127.0.0.12"),
        new Attack("idle connections of one address", IDLE, number -> idle("127.0.0.13")),
        longUrls(),
        new Attack("looks at the inspector", 1, this::look));
  }

  /** Makes a body. */
  @FunctionalInterface
  private interface Bodies {
    byte[] make(long number);
  }

  private Attack flood(String name, String path, String headers, Bodies bodies) {
    return new Attack(
        name,
        FLOODS,
        number -> {
          byte[] body = bodies.make(number);
          byte[] head =
              RawRequest.head("POST", path, headers + "X-Twilio-Signature: AAAA\r\n", body.length);
          return RawRequest.send(from(number), port, head, body);
        });
  }

  private Attack slow(String name, String from) {
    return new Attack(name, SLOW_OF_EACH, number -> drip(from));
  }

  private Attack longUrls() {
    return new Attack(
        "long URLs",
        FLOODS,
        number -> {
          String path = "/in/nope?" + "?token".repeat(URL_BYTES / 6);
          return RawRequest.send(from(number), port, RawRequest.head("POST", path, "", 0), NOTHING);
        });
  }

  private String from(long number) {
    int host = new Random(seed + number).nextInt(ADDRESSES);
    return "127.0.1." + (1 + host);
  }

  private static byte[] uniqueNames(long number) {
    StringBuilder json = new StringBuilder(BODY_BYTES).append('{');
    for (int name = 0; name < NAMES; name++) {
      String unique = Long.toString(number * NAMES + name + 1_000_000_000_000L);
      json.append(name == 0 ? "\"" : ",\"").append(unique, 0, NAME_DIGITS).append(number);
      json.repeat('y', NAME_BYTES).append("\":1");
    }
    return json.append('}').toString().getBytes(US_ASCII);
  }

  private static byte[] repeated(String start, String part, String end) {
    byte[] body = new byte[BODY_BYTES];
    Arrays.fill(body, (byte) ' ');
    String text =
        start + part.repeat((BODY_BYTES - start.length() - end.length()) / part.length()) + end;
    System.arraycopy(text.getBytes(US_ASCII), 0, body, 0, text.length());
    return body;
  }

  /** A body that arrives one byte at a time. */
  private int drip(String from) throws IOException, InterruptedException {
    try (Socket socket = RawRequest.connect(from, port)) {
      socket.getOutputStream().write(RawRequest.head("POST", "/in/forms", JSON, BODY_BYTES));
      for (int sent = 0; sent < BODY_BYTES; sent++) {
        socket.getOutputStream().write(' ');
        if (socket.getInputStream().available() > 0) {
          throw new IOException("answered");
        }
        Thread.sleep(DRIP_MILLIS);
      }
      return 0;
    }
  }

  private int idle(String from) throws IOException {
    try (Socket socket = RawRequest.connect(from, port)) {
      return socket.getInputStream().read();
    }
  }

  private int look(long number) throws IOException, InterruptedException {
    Thread.sleep(LOOK_MILLIS);
    byte[] head = RawRequest.head("GET", "/api/deliveries?limit=50", "", 0);
    return RawRequest.send("127.0.0.1", consolePort, head, NOTHING);
  }
}

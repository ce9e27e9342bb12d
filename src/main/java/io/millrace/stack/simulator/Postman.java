package io.millrace.stack.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Signs single requests and posts them. */
public final class Postman implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than the edge may take to get an acknowledgement from the broker. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(40);

  /** Outside every provider's window. */
  private static final Duration OFF = Duration.ofHours(1);

  /** How long a signature can be sent again as it is: well inside the shortest window. */
  private static final Duration SIGNATURE_KEEPS = Duration.ofMinutes(2);

  private final URI edge;
  private final Map<String, Signer> signers;
  private final Map<String, Signer> forgers;
  private final Clock clock;
  private final HttpClient client;
  private final Map<Integer, Signed> sent = new ConcurrentHashMap<>();

  /**
   * @param edge where the edge listens, without {@code /in}
   * @param signers by source
   * @param forgers by source, with secrets the edge does not know
   */
  public Postman(URI edge, Map<String, Signer> signers, Map<String, Signer> forgers, Clock clock) {
    this.edge = edge;
    this.signers = Map.copyOf(signers);
    this.forgers = Map.copyOf(forgers);
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /**
   * Posts a request once.
   *
   * @throws IOException if no answer came; whether the request arrived is unknown then
   */
  Attempt.Answer post(PlannedRequest request, RequestTag tag)
      throws IOException, InterruptedException {
    URI url = edge.resolve("/in/" + request.source());
    byte[] body = request.body().bytes();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER_TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "millrace-simulator")
            .header(RequestTag.HEADER, tag.text())
            .POST(HttpRequest.BodyPublishers.ofByteArray(posted(request, body)));
    headers(request, url.toString(), body).forEach(builder::header);
    if (request.manner() == Manner.OVERSIZED) {
      // Lets the edge refuse before the body is on its way, as careful senders do.
      builder.expectContinue(true);
    }
    HttpResponse<String> response =
        client.send(builder.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return Answers.of(response, clock.instant());
  }

  private static byte[] posted(PlannedRequest request, byte[] body) {
    return request.manner() == Manner.TAMPERED ? Bodies.tampered(body) : body;
  }

  private Map<String, String> headers(PlannedRequest request, String url, byte[] body) {
    Instant now = clock.instant();
    return switch (request.manner()) {
      case GENUINE, TAMPERED, OVERSIZED, UNREADABLE -> remembered(request, url, body, now);
      case RETRIED_RESIGNED -> signer(request.source()).sign(url, body, now);
      case RETRIED -> again(request, url, body, now);
      case WRONG_SECRET -> forger(request.source()).sign(url, body, now);
      case UNKNOWN_SOURCE -> signer(SourceNames.LEADS).sign(url, body, now);
      case STALE -> signer(request.source()).sign(url, body, now.minus(OFF));
      case PREMATURE -> signer(request.source()).sign(url, body, now.plus(OFF));
      case UNSIGNED -> unsigned(request.source(), url, body, now);
    };
  }

  private Map<String, String> remembered(
      PlannedRequest request, String url, byte[] body, Instant now) {
    Map<String, String> headers = signer(request.source()).sign(url, body, now);
    sent.put(request.index(), new Signed(now, headers));
    return headers;
  }

  /** The very headers of the request it repeats, unless they have gone stale or are not known. */
  private Map<String, String> again(PlannedRequest request, String url, byte[] body, Instant now) {
    Signed first = request.repeats().map(sent::get).orElse(null);
    if (first != null && first.at().plus(SIGNATURE_KEEPS).isAfter(now)) {
      return first.headers();
    }
    return signer(request.source()).sign(url, body, now);
  }

  private Map<String, String> unsigned(String source, String url, byte[] body, Instant now) {
    Signer signer = signer(source);
    Map<String, String> headers = new TreeMap<>(signer.sign(url, body, now));
    headers.remove(signer.signatureHeader());
    return headers;
  }

  private Signer signer(String source) {
    return of(signers, source);
  }

  private Signer forger(String source) {
    return of(forgers, source);
  }

  private static Signer of(Map<String, Signer> signers, String source) {
    Signer signer = signers.get(source);
    if (signer == null) {
      throw new IllegalStateException("Nothing to sign with for source " + source);
    }
    return signer;
  }

  @Override
  public void close() {
    client.close();
  }

  private record Signed(Instant at, Map<String, String> headers) {}
}

package io.millrace.bench.simulator;

import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.plan.Bodies;
import io.millrace.bench.simulator.plan.PlannedRequest;
import io.millrace.bench.simulator.plan.RequestKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Signs single requests and posts them. */
public final class Postman implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than the edge may take to get an acknowledgement from the broker. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(40);

  /** Outside every provider's window. */
  private static final Duration OFF = Duration.ofDays(3);

  /** How long a signature can be reused: well within the shortest window. */
  private static final Duration SIGNATURE_KEEPS = Duration.ofMinutes(2);

  private final URI edge;
  private final Map<String, Signer> signers;
  private final Map<String, Signer> forgers;
  private final Clock clock;
  private final HttpClient client;
  private final Map<Integer, Sent> sent = new ConcurrentHashMap<>();

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
    Outgoing signed = signed(request, clock.instant());
    Outgoing posted = signed.withBody(posted(request, signed.body()));
    // Lets the edge refuse before the body is sent, as careful senders do.
    return post(posted, tag, request.kind() == RequestKind.OVERSIZED);
  }

  /**
   * Posts a request that is already signed.
   *
   * @throws IOException if no answer came; whether the request arrived is unknown then
   */
  Attempt.Answer post(Outgoing signed, RequestTag tag) throws IOException, InterruptedException {
    return post(signed, tag, false);
  }

  private Attempt.Answer post(Outgoing signed, RequestTag tag, boolean asksFirst)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(signed.url()))
            .timeout(ANSWER_TIMEOUT)
            .header("User-Agent", "millrace-simulator")
            .header(RequestTag.HEADER, tag.text())
            .expectContinue(asksFirst)
            .method(signed.method(), HttpRequest.BodyPublishers.ofByteArray(signed.body()));
    signed.headers().forEach(builder::header);
    HttpResponse<String> response =
        client.send(builder.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return Answers.of(response, clock.instant());
  }

  private static byte[] posted(PlannedRequest request, byte[] body) {
    return request.kind() == RequestKind.TAMPERED ? Bodies.tampered(body) : body;
  }

  private Outgoing signed(PlannedRequest request, Instant now) {
    URI url = edge.resolve("/in/" + request.source());
    Outgoing unsigned = Outgoing.post(url.toString(), "application/json", request.body().bytes());
    return switch (request.kind()) {
      case GENUINE, TAMPERED, OVERSIZED, UNREADABLE -> remembered(request, unsigned, now);
      case RETRIED_RESIGNED -> signer(request.source()).sign(unsigned, now);
      case RETRIED -> again(request, unsigned, now);
      case WRONG_SECRET -> forger(request.source()).sign(unsigned, now);
      case UNKNOWN_SOURCE -> signer(SourceNames.LEADS).sign(unsigned, now);
      case STALE -> signer(request.source()).sign(unsigned, now.minus(OFF));
      case PREMATURE -> signer(request.source()).sign(unsigned, now.plus(OFF));
      case UNSIGNED -> unsigned;
    };
  }

  private Outgoing remembered(PlannedRequest request, Outgoing unsigned, Instant now) {
    Outgoing signed = signer(request.source()).sign(unsigned, now);
    sent.put(request.index(), new Sent(now, signed, unsigned));
    return signed;
  }

  /** The same signature as the request it repeats, unless that is stale or unknown. */
  private Outgoing again(PlannedRequest request, Outgoing unsigned, Instant now) {
    Sent first = request.repeats().map(sent::get).orElse(null);
    if (first != null && first.at().plus(SIGNATURE_KEEPS).isAfter(now)) {
      return first.again(unsigned);
    }
    return signer(request.source()).sign(unsigned, now);
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
      throw new IllegalStateException("There is no signer for source " + source);
    }
    return signer;
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * How a request was signed. Its body is kept only if the sender signed into it: a run holds many.
   */
  private record Sent(
      Instant at, String url, Map<String, String> headers, Optional<byte[]> signedBody) {
    Sent(Instant at, Outgoing signed, Outgoing unsigned) {
      this(
          at,
          signed.url(),
          signed.headers(),
          Arrays.equals(signed.body(), unsigned.body())
              ? Optional.empty()
              : Optional.of(signed.body()));
    }

    Outgoing again(Outgoing unsigned) {
      return new Outgoing(unsigned.method(), url, headers, signedBody.orElse(unsigned.body()));
    }
  }
}

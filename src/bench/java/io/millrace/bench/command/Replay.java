package io.millrace.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.CommandException;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signer;
import io.millrace.cli.traffic.CaptureFile;
import io.millrace.cli.traffic.CapturedRequest;
import io.millrace.verify.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Sends captured requests to one source, each with a new signature. */
final class Replay {
  static final String ACCEPTED = "accepted";
  static final String NO_ANSWER = "no answer";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than the edge may take to get an acknowledgement from the broker. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(40);

  /** Headers of the original connection, or that are set again for the new one. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "host",
          "content-length",
          "connection",
          "transfer-encoding",
          "expect",
          "upgrade",
          "keep-alive",
          "te",
          "trailer",
          "http2-settings",
          "accept-encoding",
          "forwarded");

  private final URI edge;
  private final String path;
  private final String address;
  private final Signer signer;
  private final Clock clock;

  /**
   * @param edge where the edge listens, without {@code /in}
   * @param publicUrl what is signed instead of the address it is sent to, if the source has one
   */
  Replay(URI edge, String source, Optional<String> publicUrl, Signer signer, Clock clock) {
    this.edge = edge;
    this.signer = signer;
    this.clock = clock;
    path = "/in/" + source;
    address = publicUrl.orElseGet(() -> edge.resolve(path).toString());
  }

  /** The request as it is sent. */
  Outgoing signed(CapturedRequest captured) {
    SignedRequest request = captured.request();
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .asMap()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name) && !name.startsWith("x-forwarded-")) {
                headers.put(name, String.join(", ", values));
              }
            });
    Outgoing unsigned =
        new Outgoing(request.method(), address + query(request.url()), headers, request.body());
    try {
      return signer.sign(unsigned, clock.instant());
    } catch (IllegalArgumentException unsignable) {
      throw CommandException.usage(
          "A request in the capture cannot be signed: " + unsignable.getMessage());
    }
  }

  /** Without credentials: they were masked when it was captured, and new ones are added. */
  private static String query(String url) {
    int start = url.indexOf('?');
    if (start < 0) {
      return "";
    }
    String kept =
        Arrays.stream(url.substring(start + 1).split("&", -1))
            .filter(pair -> !pair.endsWith("=" + CaptureFile.MASK) && !pair.isEmpty())
            .collect(Collectors.joining("&"));
    return kept.isEmpty() ? "" : "?" + kept;
  }

  /**
   * Sends the requests one after the other, in their order.
   *
   * @return the number of requests by answer
   */
  Map<String, Integer> send(List<CapturedRequest> requests, double perSecond)
      throws InterruptedException {
    Map<String, Integer> answers = new TreeMap<>();
    long between = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    long next = System.nanoTime();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      for (CapturedRequest request : requests) {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        next += between;
        answers.merge(post(client, signed(request)), 1, Integer::sum);
      }
    }
    return answers;
  }

  private String post(HttpClient client, Outgoing request) throws InterruptedException {
    URI url = edge.resolve(path + request.url().substring(address.length()));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER_TIMEOUT)
            .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::header);
    try {
      return outcome(client.send(builder.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException unanswered) {
      return NO_ANSWER;
    }
  }

  private static String outcome(HttpResponse<String> answer) {
    if (answer.statusCode() < 300) {
      return ACCEPTED;
    }
    return "refused " + answer.statusCode() + " " + reason(answer.body());
  }

  private static String reason(String body) {
    try {
      return JSON.readTree(body).path("reason").asText("without a reason");
    } catch (JsonProcessingException other) {
      return "without a reason";
    }
  }
}

package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.testing.RawHttp;
import io.millrace.spool.testing.EdgeChild;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies of strangers that are made to take memory, sent to an edge that has little: together they
 * are several times its heap.
 */
final class HostileBodiesIT {
  private static final int BYTES = 1_000_000;
  private static final int BODIES = 100;
  private static final int AT_ONCE = 16;
  private static final String LONG_NAME = "y".repeat(49_000);
  private static final String SOURCE = "source: %s\nprovider: %s\nsecrets: [{ref: file:secret}]\n";
  private static final String SIGNED_ADDRESS = SOURCE + "publicUrl: as-received\n";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private EdgeChild edge;
  private URI address;

  @BeforeEach
  void start() throws Exception {
    edge =
        EdgeChild.start(
            folder,
            EdgeChild.Launch.usual()
                .withHeap("160m")
                .with(
                    Map.of(
                        "edge.unverified.limit", "1000000/s",
                        "edge.connections.limit", "500",
                        "edge.requests.limit", "100",
                        "edge.bodies.limit", "16 MB",
                        "edge.replay.capacity", "1000",
                        "edge.inspector.bytes", "1 MB"))
                .connecting(
                    Map.of(
                        "boards", SIGNED_ADDRESS.formatted("boards", "monday"),
                        "mails", SOURCE.formatted("mails", "mailgun"),
                        "calls", SIGNED_ADDRESS.formatted("calls", "twilio"))));
    address = edge.address();
  }

  @AfterEach
  void stop() {
    edge.close();
    client.close();
  }

  @Test
  void longNamesAreNotKept() throws Exception {
    // One after the other: of those read at the same time, not all would be remembered.
    assertThat(sendAll("/in/mails", "application/json", 1, HostileBodiesIT::uniqueNames))
        .containsOnly(401);

    assertGenuineIsAnswered();
  }

  @Test
  void bracketsAreNoTreeAndFieldsNoMap() throws Exception {
    String brackets = "[" + "{},".repeat(BYTES / 3) + "{}]";
    String fields = "a&".repeat(BYTES / 2);

    assertThat(sendAll("/in/mails", "application/json", AT_ONCE, number -> brackets)).contains(400);
    assertThat(sendAll("/in/boards", "application/json", AT_ONCE, number -> brackets))
        .contains(400);
    assertThat(sendAll("/in/calls", "application/x-www-form-urlencoded", AT_ONCE, number -> fields))
        .contains(400);

    assertGenuineIsAnswered();
  }

  /** As many as there are places for, each with nearly all of its body there. */
  @Test
  void unfinishedBodiesTakeNoMoreThanTheirShare() throws Exception {
    List<RawHttp> open = new ArrayList<>();
    for (int number = 0; number < BODIES; number++) {
      RawHttp http = new RawHttp(address.getPort());
      open.add(http);
      try {
        http.send("POST /in/forms HTTP/1.1\r\nHost: e\r\nContent-Length: " + BYTES + "\r\n\r\n");
        http.send("x".repeat(BYTES - 1));
      } catch (SocketException refused) {
        assertThat(edge.isAlive()).isTrue();
      }
    }

    // From the same address, so only once the others are slow, which takes a second.
    await().ignoreExceptions().untilAsserted(this::assertGenuineIsAnswered);
    for (RawHttp http : open) {
      http.close();
    }
  }

  private List<Integer> sendAll(String path, String type, int atOnce, IntFunction<String> bodies)
      throws Exception {
    Semaphore underWay = new Semaphore(atOnce);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int number = 0; number < BODIES; number++) {
      underWay.acquire();
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(path))
              .header("Content-Type", type)
              .header("X-Twilio-Signature", "AAAA")
              .header("Authorization", "a.b.c")
              .POST(HttpRequest.BodyPublishers.ofString(bodies.apply(number)))
              .build();
      answers.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .handle((answer, cut) -> cut == null ? answer.statusCode() : 0)
              .whenComplete((status, impossible) -> underWay.release()));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static String uniqueNames(int number) {
    StringBuilder json = new StringBuilder("{");
    for (int name = 0; name < BYTES / LONG_NAME.length(); name++) {
      json.append(name == 0 ? "\"" : ",\"").append(number).append('-').append(name);
      json.append(LONG_NAME).append("\":1");
    }
    return json.append('}').toString();
  }

  private void assertGenuineIsAnswered() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("X-Webhook-Signature", "sha256=" + EdgeChild.signature("{}"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();

    assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .as(edge.said())
        .isEqualTo(200);
    assertThat(edge.isAlive()).isTrue();
  }
}

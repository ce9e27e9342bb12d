package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.event.Delivery;
import io.millrace.stream.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class KafkaDeliveryLogTest {
  @Test
  void refusesAtOnceWhileTheClusterIsAway() throws Exception {
    // Taken and silent: like a broker that hangs, and no other test can get the port meanwhile.
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RegistrySerdes serdes = new RegistrySerdes(RegistrySettings.of("http://127.0.0.1:9/"));
        KafkaDeliveryLog log =
            new KafkaDeliveryLog(
                KafkaSettings.of("127.0.0.1:" + silent.getLocalPort()),
                serdes,
                Topics.DELIVERIES_RECEIVED)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                long started = System.nanoTime();
                CompletionStage<Void> stored = log.append(delivery());
                assertThat(stored.toCompletableFuture()).isCompletedExceptionally();
                assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofMillis(500));
              });
      assertThat(log.isReady()).isFalse();
    }
  }

  private static Delivery delivery() {
    return Delivery.newBuilder()
        .setDeliveryId("d")
        .setSource("forms")
        .setReceivedAt(Instant.EPOCH)
        .setMethod("POST")
        .setUrl("http://127.0.0.1/in/forms")
        .setHeaders(Map.of())
        .setBody(ByteBuffer.wrap(new byte[0]))
        .setRemoteAddress("127.0.0.1")
        .setAssurance("BODY_SIGNED")
        .setSecret(null)
        .build();
  }
}

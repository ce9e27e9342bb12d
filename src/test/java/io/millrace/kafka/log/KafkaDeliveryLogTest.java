package io.millrace.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.event.Delivery;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class KafkaDeliveryLogTest {
  @Test
  void givesUpWithinSecondsWhileTheClusterIsAway() throws IOException {
    try (KafkaDeliveryLog log =
        new KafkaDeliveryLog(
            KafkaSettings.of("127.0.0.1:" + freePort()),
            new EmptySerdes(),
            Topics.DELIVERIES_RECEIVED,
            source -> false)) {
      assertThatThrownBy(
              () -> log.append(delivery()).toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(log.isReady()).isFalse();
    }
  }

  @Test
  void refusesAtOnceOnceTheClusterIsKnownToBeAway() throws IOException {
    try (KafkaDeliveryLog log =
        new KafkaDeliveryLog(
            KafkaSettings.of("127.0.0.1:" + freePort()),
            new EmptySerdes(),
            Topics.DELIVERIES_RECEIVED,
            source -> false)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                long started = System.nanoTime();
                assertThat(log.append(delivery()).toCompletableFuture()).isCompletedExceptionally();
                assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofMillis(500));
              });
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Delivery delivery() {
    return Delivery.newBuilder()
        .setDeliveryId("d-1")
        .setSource("billing")
        .setReceivedAt(Instant.EPOCH)
        .setMethod("POST")
        .setUrl("https://hooks.example.com/in/billing")
        .setHeaders(Map.of())
        .setBody(ByteBuffer.allocate(0))
        .setRemoteAddress("192.0.2.1")
        .setAssurance("NONE")
        .build();
  }

  /** Every value is nothing. */
  private static final class EmptySerdes implements TopicSerdes {
    @Override
    public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
      return Serdes.serdeFrom(
          (name, value) -> new byte[0],
          (name, bytes) -> {
            throw new IllegalStateException("Nothing is read here");
          });
    }
  }
}

package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeliveryIdsTest {
  private final DeliveryIds ids = new DeliveryIds(new Random(7));

  @Test
  void carriesTimeVersionAndVariant() {
    Instant now = Instant.parse("2022-02-22T19:22:22Z");

    UUID id = UUID.fromString(ids.next(now));

    // The time of the example in RFC 9562, appendix A.6.
    assertThat(id.toString()).startsWith("017f22e2-79b0-7");
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void differsWithinAMillisecond() {
    var made =
        IntStream.range(0, 10_000)
            .mapToObj(number -> ids.next(Instant.EPOCH))
            .collect(Collectors.toSet());

    assertThat(made).hasSize(10_000);
  }
}

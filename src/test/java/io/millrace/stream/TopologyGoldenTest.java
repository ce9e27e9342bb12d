package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The flow as reviewed: a changed name is a changed store or topic, and so a migration. */
class TopologyGoldenTest {
  private static final Path GOLDEN = Path.of("topology", "topology.txt");

  @Test
  void isTheTopologyThatWasReviewed() throws IOException {
    String described = topology().describe();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(GOLDEN, described);
    }

    assertThat(Files.readString(GOLDEN))
        .as(
            "%s differs from the code. If the change is meant, regenerate it with"
                + " mvn test -Dtest=TopologyGoldenTest -Dgolden.write=true and review the"
                + " difference: a renamed store loses what it remembers.",
            GOLDEN)
        .isEqualTo(described);
  }

  private static MillraceTopology topology() {
    return new MillraceTopology(
        new LocalSerdes(),
        (delivery, partition, offset) -> List.of(),
        source -> Duration.ofDays(3),
        TestRules.with(RecordsFlow.defaultRules()),
        (topic, partition) -> true,
        new FlowMetrics(new SimpleMeterRegistry()),
        StoreKind.ROCKSDB);
  }
}

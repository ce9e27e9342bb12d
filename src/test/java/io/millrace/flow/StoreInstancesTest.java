package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kafka.streams.StoreMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class StoreInstancesTest {
  private static final long MB = 1L << 20;
  private static final Pattern ROW =
      Pattern.compile(
          "\\| (\\d+) \\| (records|engagement|accounts|all) \\| (\\d+) \\| (\\d+) MB \\|");

  private final MillraceTopology flow = TopologyGoldenTest.topology();

  @Test
  void normalizeHasNoStore() {
    assertThat(StoreInstances.of(flow.normalize(), topic -> 12)).isZero();
  }

  @Test
  void growsWithThePartitionsOfWhatIsRead() {
    long six = StoreInstances.of(flow.records(), topic -> 6);

    assertThat(StoreInstances.of(flow.records(), topic -> 12)).isEqualTo(2 * six);
  }

  @Test
  void isWhatTheCapacityPageSays() throws IOException {
    String page = Files.readString(Path.of("docs", "capacity.md"));
    List<MatchResult> rows = ROW.matcher(page).results().toList();

    assertThat(rows)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            row -> {
              long instances = instances(row.group(2), Integer.parseInt(row.group(1)));
              assertThat(row.group(3)).isEqualTo(Long.toString(instances));
              assertThat(row.group(4))
                  .isEqualTo(Long.toString(StoreMemory.leastFor(instances) / MB));
            });
  }

  private long instances(String roles, int partitions) {
    long records = StoreInstances.of(flow.records(), topic -> partitions);
    long engagement = StoreInstances.of(flow.engagement(), topic -> partitions);
    long identity = StoreInstances.of(flow.identity(), topic -> 1);
    long accounts = StoreInstances.of(flow.accounts(), topic -> partitions);
    return switch (roles) {
      case "records" -> records;
      case "engagement" -> engagement;
      case "identity" -> identity;
      case "accounts" -> accounts;
      default -> records + engagement + identity + accounts;
    };
  }
}

package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.OrderingRule;
import io.millrace.rule.OrderingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderingFileTest {
  private static final String DEFAULTS =
      "defaults: {reorderWindow: PT2S, prerequisiteWait: PT0S, maxWaitingPerRecord: 10}\n";

  @TempDir private Path directory;

  @Test
  void rulesThatAreDeliveredWaitForCreationsOfWhatIsCreated() {
    OrderingRules rules = OrderingFile.read(Path.of("topology/rules/ordering.yaml"));

    for (String type : List.of("lead", "contact", "deal", "account", "subscription")) {
      assertThat(rules.of(type))
          .isEqualTo(new OrderingRule(Duration.ofSeconds(2), Duration.ofMinutes(5), 10_000));
    }
    assertThat(rules.of("payment"))
        .isEqualTo(new OrderingRule(Duration.ofSeconds(2), Duration.ZERO, 10_000));
  }

  @Test
  void recordTypeOverridesWhatItNames() throws IOException {
    OrderingRules rules = read(DEFAULTS + "records: {deal: {reorderWindow: PT30S}}");

    assertThat(rules.of("deal"))
        .isEqualTo(new OrderingRule(Duration.ofSeconds(30), Duration.ZERO, 10));
  }

  @Test
  void saysWhichFileIsWrongAndWhy() {
    assertThatThrownBy(() -> read("records: {}"))
        .hasMessageContaining("ordering.yaml")
        .hasMessageContaining("defaults must give");
    assertThatThrownBy(() -> read(DEFAULTS + "records: {deal: {reorderWindow: PT-1S}}"))
        .hasMessageContaining("must not be negative");
    assertThatThrownBy(() -> read(DEFAULTS + "records: {deal: {reorderwindow: PT1S}}"))
        .hasMessageContaining("reorderwindow");
    assertThatThrownBy(() -> read(DEFAULTS + "records: {deal: {reorderWindow: 2 seconds}}"))
        .hasMessageContaining("2 seconds");
  }

  private OrderingRules read(String content) throws IOException {
    return OrderingFile.read(Files.writeString(directory.resolve("ordering.yaml"), content));
  }
}

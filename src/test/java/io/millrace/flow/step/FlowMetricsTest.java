package io.millrace.flow.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlowMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FlowMetrics metrics = new FlowMetrics(registry);

  @Test
  void tellsApartNoMoreTypesThanItCanAfford() {
    for (int type = 0; type < 1_000; type++) {
      metrics.processed("normalize-deliveries", "leads", "invented." + type, Duration.ZERO);
    }

    assertThat(registry.find("millrace.stage.events").counters())
        .hasSize(FlowMetrics.MOST_TYPES + 1);
    double counted =
        registry.get("millrace.stage.events").counters().stream().mapToDouble(Counter::count).sum();
    assertThat(counted).as("every event is counted").isEqualTo(1_000);
  }

  @Test
  void keepsCountingATypeItKnows() {
    metrics.late("leads", "lead.updated");
    for (int type = 0; type < 1_000; type++) {
      metrics.late("leads", "invented." + type);
    }
    metrics.late("leads", "lead.updated");
    metrics.late("crm", "deal.updated");

    assertThat(registry.get("millrace.events.late").tag("type", "lead.updated").counter().count())
        .isEqualTo(2);
    assertThat(registry.get("millrace.events.late").tag("type", "deal.updated").counter().count())
        .as("a source does not use up another's types")
        .isEqualTo(1);
  }
}

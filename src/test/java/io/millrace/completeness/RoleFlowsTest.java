package io.millrace.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.completeness.RoleFlow.Held;
import io.millrace.flow.HoldingStep;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class RoleFlowsTest {
  private static final HoldingStep WAITING =
      new HoldingStep("wait", "waiting", "what waits", bytes -> Instant.EPOCH);

  @Test
  void findsOutWhatIsReadAndWrittenAndBehindWhatItIs() {
    Topology topology =
        new Topology()
            .addSource("read-events", "events")
            .addSource("read-again", "again")
            .addProcessor("drop", Passing::new, "read-events")
            .addProcessor("wait", Passing::new, "drop")
            .addProcessor("merge", Passing::new, "wait", "read-again")
            .addSink("write-duplicates", "duplicates", "drop")
            .addSink("write-ordered", "ordered", "merge")
            .addSink("write-again", "again", "merge");

    RoleFlow flow = RoleFlows.of("records", topology, List.of(WAITING));

    Held held = new Held("records", "waiting", "what waits");
    assertThat(flow.inputs()).containsExactly("events");
    assertThat(flow.loops()).containsExactly("again");
    assertThat(flow.outputs())
        .containsOnlyKeys("duplicates", "ordered", "again")
        .containsEntry("duplicates", List.of())
        .containsEntry("ordered", List.of(held))
        .containsEntry("again", List.of(held));
  }

  private static final class Passing implements Processor<Object, Object, Object, Object> {
    @Override
    public void process(Record<Object, Object> record) {}
  }
}

package io.millrace.flow.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreKindTest {

  @ParameterizedTest
  @EnumSource
  void flowIsTheSameOnDiskAndInMemory(StoreKind stores) {
    try (RecordsFlow flow = new RecordsFlow(RecordsFlow.defaultRules(), stores)) {
      List<String> expected = new ArrayList<>(List.of("created"));
      for (int i = 300; i > 0; i--) {
        flow.arrive(TestEvent.of("lead.updated", "lead/Ä 1").id("e-" + i).at(i).data("n", "" + i));
        expected.add(1, "e-" + i);
      }
      flow.arrive(TestEvent.of("lead.updated", "lead/Ä 1").id("e-7").at(7));
      flow.arrive(TestEvent.of("lead.created", "lead/Ä 1").id("created"));
      flow.pass(Duration.ofSeconds(2));

      assertThat(flow.orderedIds()).isEqualTo(expected);
      assertThat(flow.duplicates()).hasSize(1);
      assertThat(flow.leads().getLast().value().getFields()).containsEntry("n", "300");
    }
  }
}

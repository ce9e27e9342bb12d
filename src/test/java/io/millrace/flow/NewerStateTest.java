package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flow.record.RecordStates;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.kafka.format.NewerStateException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is older than the state it gets, as in a rolling upgrade. */
final class NewerStateTest {

  @ParameterizedTest
  @ValueSource(strings = {RecordStates.STATE, "stage-history"})
  void stopsTheRoleAndBlamesNoEvent(String store) {
    try (RecordsFlow flow = RecordsFlow.shipped()) {
      flow.arrive(TestEvent.of("lead.created", "lead/L-1").at(1_000).data("status", "new"));
      flow.rewrite(store, NewerStateTest::asOfANewerVersion);

      TestEvent update =
          TestEvent.of("lead.updated", "lead/L-1")
              .at(2_000)
              .previous("status", "new")
              .data("status", "open");
      assertThatThrownBy(() -> flow.arrive(update))
          .hasStackTraceContaining(NewerStateException.class.getName());
      assertThat(flow.deadLetters()).isEmpty();
    }
  }

  private static byte[] asOfANewerVersion(byte[] row) {
    byte[] newer = row.clone();
    newer[3] ^= 1;
    return newer;
  }
}

package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ForeignRecordsTest {
  private static final TestEvent CREATED = TestEvent.of("lead.created", "lead/L-1");

  @Test
  void passesOverARecordWithoutAValue() {
    try (RecordsFlow flow = new RecordsFlow()) {
      flow.write(null);
      flow.arrive(CREATED);

      assertThat(flow.orderedIds()).containsExactly("lead.created");
    }
  }

  @Test
  void passesOverWhatIsNotInTheWireFormat() {
    try (RecordsFlow flow = new RecordsFlow()) {
      flow.write("typed at a console".getBytes(StandardCharsets.UTF_8));
      flow.arrive(CREATED);

      assertThat(flow.orderedIds()).containsExactly("lead.created");
    }
  }

  @Test
  void passesOverNothingThatMayBeAnEvent() {
    try (RecordsFlow flow = new RecordsFlow()) {
      assertThatThrownBy(() -> flow.write(new byte[] {0, 0, 0, 0, 9, 1}))
          .isInstanceOf(StreamsException.class);
    }
  }
}

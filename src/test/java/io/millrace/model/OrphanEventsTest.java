package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.flow.testing.TestEvent;
import org.junit.jupiter.api.Test;

final class OrphanEventsTest {

  @Test
  void changesTheFlagAndNothingElse() {
    Event event = TestEvent.of("lead.updated", "lead/L-1").at(100).data("status", "new").build();

    Event flagged = OrphanEvents.flagged(event);

    assertThat(flagged)
        .isEqualTo(
            Event.newBuilder(event)
                .setMetadata(EventMetadata.newBuilder(event.getMetadata()).setOrphan(true).build())
                .build());
    assertThat(event.getMetadata().getOrphan()).isFalse();
  }
}

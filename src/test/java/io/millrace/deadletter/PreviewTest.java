package io.millrace.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.TestEvent;
import io.millrace.normalize.Normalized;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewTest {
  private final FakeTopics topics = new FakeTopics();

  @Test
  void showsWhatWouldReadDifferently() {
    topics.with(
        Topics.EVENTS_ORDERED,
        TestEvent.of("lead.created", "lead/1")
            .at(1)
            .data("status", "new")
            .data("company", "Example")
            .build());
    var event =
        TestEvent.of("lead.updated", "lead/1").at(2).data("status", "open").data("title", "CTO");

    assertThat(preview(event))
        .isInstanceOfSatisfying(
            Preview.Delivers.class,
            delivers ->
                assertThat(delivers.changes())
                    .containsOnly(
                        change("status", "new", "open"),
                        Map.entry(
                            "title", new Preview.Change(Optional.empty(), Optional.of("CTO")))));
  }

  @Test
  void showsNoChangeWhereALaterEventHasWritten() {
    topics.with(
        Topics.EVENTS_ORDERED,
        TestEvent.of("lead.updated", "lead/1").at(9).data("status", "won").build());

    assertThat(preview(TestEvent.of("lead.created", "lead/1").at(1).data("status", "new")))
        .isInstanceOfSatisfying(
            Preview.Delivers.class, delivers -> assertThat(delivers.changes()).isEmpty());
  }

  @Test
  void seesThatTheSenderCameAgain() {
    topics.with(
        Topics.EVENTS_LATE, TestEvent.of("lead.created", "lead/1").delivery("other").build());

    assertThat(preview(TestEvent.of("lead.created", "lead/1")))
        .isInstanceOf(Preview.Duplicates.class);
  }

  private Preview preview(TestEvent event) {
    return Preview.of(List.of(new Normalized.Event(event.build())), topics).getFirst();
  }

  private static Map.Entry<String, Preview.Change> change(
      String field, String before, String after) {
    return Map.entry(field, new Preview.Change(Optional.of(before), Optional.of(after)));
  }
}

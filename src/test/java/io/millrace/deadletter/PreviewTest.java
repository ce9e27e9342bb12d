package io.millrace.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Attempt;
import io.millrace.event.Event;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.TestEvent;
import io.millrace.normalize.Normalized;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

  @Test
  void seesACopyHoweverLongAfterTheLetter_butOnlyWithinTheWindowBefore() {
    long arrival = Duration.ofDays(300).toMillis();
    topics
        .with(Topics.EVENTS_ORDERED, copy("e-1", arrival + Duration.ofDays(20).toMillis()))
        .with(Topics.EVENTS_ORDERED, copy("e-2", arrival - Duration.ofDays(20).toMillis()));

    assertThat(preview(letter("e-1").received(arrival))).isInstanceOf(Preview.Duplicates.class);
    assertThat(preview(letter("e-2").received(arrival))).isInstanceOf(Preview.Delivers.class);
  }

  @Test
  void keepsRecordsApart() {
    topics.with(Topics.EVENTS_ORDERED, TestEvent.of("lead.created", "lead/2").id("e").build());

    assertThat(preview(letter("e"))).isInstanceOf(Preview.Delivers.class);
  }

  /** The flow remembers it, and drops what comes from anywhere else. */
  @Test
  void seesACopyThatFailedAfterDeduplication() {
    topics.with(
        Topics.DEAD_LETTERS, DeadLetters.of(copy("e", 0), attempt(SequenceRecordEvents.NAME)));
    topics.with(
        Topics.DEAD_LETTERS,
        DeadLetters.of(copy("other", 0), attempt(MillraceTopology.DROP_RECORD_DUPLICATES)));

    assertThat(preview(letter("e"))).isInstanceOf(Preview.Duplicates.class);
    assertThat(preview(letter("other"))).isInstanceOf(Preview.Delivers.class);
  }

  /** Its sender came five times, and every time it failed. */
  @Test
  void deliversOneOfSeveralLettersOfOneEvent() {
    List<Preview> previews =
        previews(
            letter("e").delivery("1").data("status", "new"),
            letter("e").delivery("2").data("status", "new"),
            letter("f").delivery("3").data("status", "new").data("title", "CTO"));

    assertThat(previews.get(0)).isInstanceOf(Preview.Delivers.class);
    assertThat(previews.get(1))
        .isInstanceOfSatisfying(
            Preview.Duplicates.class,
            copy -> {
              assertThat(copy.isReplayed()).isTrue();
              assertThat(copy.first().getDeliveryId()).isEqualTo("1");
            });
    assertThat(previews.get(2))
        .isInstanceOfSatisfying(
            Preview.Delivers.class,
            delivers -> assertThat(delivers.changes()).containsOnlyKeys("title"));
  }

  private static Attempt attempt(String step) {
    return DeadLetters.failed(step, 0, new IllegalStateException());
  }

  private static TestEvent letter(String id) {
    return TestEvent.of("lead.created", "lead/1").id(id).at(1).replay(1).failedBefore();
  }

  private static Event copy(String id, long arrival) {
    return TestEvent.of("lead.created", "lead/1")
        .id(id)
        .at(1)
        .received(arrival)
        .delivery("copy")
        .build();
  }

  private Preview preview(TestEvent event) {
    return previews(event).getFirst();
  }

  private List<Preview> previews(TestEvent... events) {
    return Preview.of(
        Stream.of(events).<Normalized>map(event -> new Normalized.Event(event.build())).toList(),
        new FakeTopics(topics),
        source -> Duration.ofDays(3));
  }

  private static Map.Entry<String, Preview.Change> change(
      String field, String before, String after) {
    return Map.entry(field, new Preview.Change(Optional.of(before), Optional.of(after)));
  }
}

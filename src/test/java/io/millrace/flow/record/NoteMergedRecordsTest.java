package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
import io.millrace.event.DeadLetter;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordRef;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoteMergedRecordsTest {
  private final RecordsFlow flow = new RecordsFlow();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void tellsTheRecordThatEnds() {
    flow.arrive(merged("L-1", 20).data("merged_ids", "[\"L-2\",\"L-3\"]"));
    flow.pass(Duration.ofMinutes(6));

    List<TestRecord<String, RecordMerged>> announced = flow.read(Topics.RECORDS_MERGED);
    assertThat(announced).extracting(TestRecord::key).containsExactly("lead/L-2", "lead/L-3");
    RecordMerged first = announced.getFirst().value();
    assertThat(first.getRecord()).isEqualTo(new RecordRef("lead", "L-2"));
    assertThat(first.getSurvivor()).isEqualTo("L-1");
    assertThat(first.getEventId()).isEqualTo("merged-20");
    assertThat(first.getMergedAt()).isEqualTo(Instant.ofEpochMilli(20));
    assertThat(announced.getFirst().timestamp()).isEqualTo(RecordsFlow.START.toEpochMilli());
  }

  @Test
  void mergedRecordIsATombstone_andStaysOne() {
    flow.arrive(created("L-2", 10));
    flow.leads();

    flow.arrive(created("L-1", 11));
    flow.arrive(merged("L-1", 20).data("merged_ids", "L-2"));
    flow.pass(Duration.ofSeconds(2));
    flow.arrive(created("L-2", 30));
    flow.pass(Duration.ofSeconds(2));

    List<TestRecord<String, CrmLead>> ofMerged =
        flow.leads().stream().filter(lead -> lead.key().equals("L-2")).toList();
    assertThat(ofMerged).singleElement().satisfies(lead -> assertThat(lead.value()).isNull());
  }

  @Test
  void recordThatWasNeverSeenNeedsNoTombstone() {
    flow.arrive(created("L-1", 11));
    flow.arrive(merged("L-1", 20).data("merged_ids", "L-2"));
    flow.pass(Duration.ofSeconds(2));
    flow.arrive(created("L-2", 5).data("plan", "pro"));

    List<TestRecord<String, CrmLead>> leads = flow.leads();
    assertThat(leads).extracting(TestRecord::key).containsOnly("L-1");
    assertThat(leads.getLast().value().getFields()).containsEntry("plan", "pro");
  }

  @Test
  void announcementThatComesAgainChangesNothing() {
    flow.arrive(created("L-2", 10));
    flow.arrive(created("L-1", 11));
    flow.arrive(merged("L-1", 20).data("merged_ids", "L-2"));
    flow.pass(Duration.ofSeconds(2));
    TestRecord<String, RecordMerged> announced = flow.read(Topics.RECORDS_MERGED).getFirst();
    flow.leads();
    flow.read(Topics.RECORD_HISTORIES);

    flow.arrive(Topics.RECORDS_MERGED, announced.key(), announced.value());

    assertThat(flow.leads()).isEmpty();
    assertThat(flow.read(Topics.RECORD_HISTORIES)).isEmpty();
  }

  @Test
  void listThatIsTooLongIsADeadLetterAndNothingElse() {
    String ids = "[" + ids(1_000) + "]";
    flow.arrive(merged("L-1", 20).data("merged_ids", ids));
    flow.pass(Duration.ofMinutes(6));

    assertThat(flow.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.getReason()).isEqualTo("EVENT_TOO_LARGE"));
    assertThat(flow.ordered()).isEmpty();
    assertThat(flow.read(Topics.RECORDS_MERGED)).isEmpty();
    assertThat(flow.leads()).isEmpty();
  }

  @Test
  void listThatIsNoneIsADeadLetterAndNothingElse() {
    flow.arrive(merged("L-1", 20).data("merged_ids", "[{\"id\":7}]"));
    flow.pass(Duration.ofMinutes(6));

    assertThat(flow.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.getReason()).isEqualTo("INVALID_FIELD"));
    assertThat(flow.ordered()).isEmpty();
    assertThat(flow.leads()).isEmpty();
  }

  @Test
  void newsThatWouldOutgrowTheTopicsAreADeadLetterOfNoDelivery() {
    String large = "x".repeat(EventSize.MAX_STATE_BYTES - 600);
    flow.arrive(created("L-2", 10).data("a", large));
    flow.arrive(created("L-1", 11).source("y".repeat(600)));
    flow.arrive(merged("L-1", 20).data("merged_ids", "L-2").source("y".repeat(600)));
    flow.pass(Duration.ofSeconds(2));

    DeadLetter letter = flow.deadLetters().getFirst();
    assertThat(letter.getSource()).isEqualTo(DeadLetters.MERGES);
    assertThat(letter.getReason()).isEqualTo("EVENT_TOO_LARGE");
    assertThat(letter.getRecord()).contains(new RecordRef("lead", "L-2"));
    assertThat(letter.getLineage().getPartition()).isEqualTo(-1);
    assertThat(flow.orderedIds()).containsExactly("created-10", "created-11", "merged-20");
  }

  private static String ids(int count) {
    return String.join(",", IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  private static TestEvent created(String lead, long at) {
    return TestEvent.of("lead.created", "lead/" + lead).id("created-" + at).at(at);
  }

  private static TestEvent merged(String lead, long at) {
    return TestEvent.of("lead.merged", "lead/" + lead).id("merged-" + at).at(at);
  }
}

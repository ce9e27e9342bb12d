package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.RecordMerged;
import io.millrace.flow.record.MergedRecords.Parsed;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventSize;
import io.millrace.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedRecordsTest {

  @Test
  void readsAListOfIds_numbersAndTexts() {
    assertThat(merges(merge().data("merged_ids", "[5, \"6\", 9007199254740993]")))
        .containsExactly("5 into A", "6 into A", "9007199254740993 into A");
  }

  @Test
  void readsOneIdAsPlainText() {
    assertThat(merges(merge().data("merged_ids", "L-2"))).containsExactly("L-2 into A");
    assertThat(merges(merge().data("merged_id", "L-2"))).containsExactly("L-2 into A");
  }

  @Test
  void takesIdsAsTheyAre_likeThoseOfRecords() {
    assertThat(merges(merge().data("merged_ids", "[\"L-2 \"]"))).containsExactly("L-2  into A");
    assertThat(merges(merge().data("merged_id", " L-2"))).containsExactly(" L-2 into A");
    assertThat(merges(merge().data("merged_into", "B "))).containsExactly("A into B ");
    assertThat(merges(merge().data("merged_id", " "))).isEmpty();
  }

  @Test
  void refusesAnIdThatNoRecordCanHave() {
    String longest = "x".repeat(EventSize.MAX_NAME);

    assertThat(merges(merge().data("merged_id", longest))).hasSize(1);
    for (String field : List.of("merged_ids", "merged_id", "merged_into")) {
      assertThat(MergedRecords.of(merge().data(field, longest + "y").build()))
          .isEqualTo(
              new Parsed.Refused(
                  Reason.INVALID_FIELD,
                  "The id of a merged record has 513 characters; at most 512 are accepted."
                      + " It begins with "
                      + "x".repeat(40)));
    }
  }

  @Test
  void readsTheRecordThatGoesOn_whereTheOtherTellsOfIt() {
    assertThat(merges(merge().data("merged_into", "B"))).containsExactly("A into B");
  }

  @Test
  void recordIsNeverMergedIntoItself() {
    assertThat(merges(merge().data("merged_ids", "[\"A\",\"B\",\"B\"]").data("merged_into", "A")))
        .containsExactly("B into A");
  }

  @Test
  void namesNothing_whenTheEventIsNoMergeOrNamesNobody() {
    assertThat(merges(merge())).isEmpty();
    assertThat(merges(merge().data("merged_ids", null))).isEmpty();
    assertThat(merges(merge().data("merged_ids", "[]"))).isEmpty();
    assertThat(merges(TestEvent.of("lead.updated", "lead/A").data("merged_ids", "[5]"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[5",
        "[null]",
        "[\"\"]",
        "[{\"id\":5}]",
        "[[5]]",
        "[5,,6]",
        "[x]",
        "[\" \"]"
      })
  void refusesWhatIsNoListOfIds(String ids) {
    Parsed parsed = MergedRecords.of(merge().data("merged_ids", ids).build());

    assertThat(parsed)
        .isInstanceOfSatisfying(
            Parsed.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.INVALID_FIELD);
              assertThat(refused.error()).endsWith(ids);
            });
  }

  @Test
  void refusesMoreThanCanBeMergedAtOnce() {
    String ids =
        IntStream.rangeClosed(0, MergedRecords.MOST_AT_ONCE)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(MergedRecords.of(merge().data("merged_ids", ids).build()))
        .isEqualTo(
            new Parsed.Refused(
                Reason.EVENT_TOO_LARGE,
                "It merges 251 records; at most 250 can be merged at once."));
  }

  @Test
  void namesOfMergedRecordsAreNoFieldsOfTheRecord() {
    TestEvent merged = merge().data("merged_ids", "5").data("merged_id", "6").data("plan", "pro");

    assertThat(fields(merged)).isEqualTo(Map.of("plan", "pro"));
    assertThat(fields(TestEvent.of("lead.updated", "lead/A").data("merged_ids", "5")))
        .containsKey("merged_ids");
  }

  private static Map<String, String> fields(TestEvent event) {
    return RecordMerge.visible("A", RecordMerge.merge(Optional.empty(), event.build()))
        .orElseThrow()
        .fields();
  }

  private static TestEvent merge() {
    return TestEvent.of("lead.merged", "lead/A");
  }

  private static List<String> merges(TestEvent event) {
    List<RecordMerged> merges = ((Parsed.Merges) MergedRecords.of(event.build())).all();
    return merges.stream()
        .map(merged -> merged.getRecord().getId() + " into " + merged.getSurvivor())
        .toList();
  }
}

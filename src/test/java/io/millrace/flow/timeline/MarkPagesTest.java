package io.millrace.flow.timeline;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.ActivityMark;
import io.millrace.event.SignalPart;
import io.millrace.flow.signal.Cutoff;
import io.millrace.kafka.format.EncodedSize;
import io.millrace.kafka.topic.TopicLimits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MarkPagesTest {

  @Test
  void needsOnePageForAsManyUsualMarksAsAreKept() {
    assertThat(MarkPages.of(marks(Cutoff.MAX_MARKS, 60))).hasSize(1);
  }

  @Test
  void hasAnEmptyPageForNone() {
    assertThat(MarkPages.of(List.<ActivityMark>of())).containsExactly(List.of());
  }

  @Test
  void fitsEveryPageIntoAMessage() {
    List<ActivityMark> marks = marks(700, 20_000);

    List<List<ActivityMark>> pages = MarkPages.of(marks);

    assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(marks);
    assertThat(pages)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            page ->
                assertThat(EncodedSize.of(new SignalPart("rule", page, null, null, null)))
                    .isLessThan(TopicLimits.MAX_RECORD_BYTES / 3 * 2));
  }

  @Test
  void givesALongMarkItsOwnPage() {
    List<ActivityMark> marks = marks(3, 2_000_000);

    assertThat(MarkPages.of(marks)).hasSize(3).allSatisfy(page -> assertThat(page).hasSize(1));
  }

  private static List<ActivityMark> marks(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(each -> new ActivityMark(NOON.plusSeconds(each), "é".repeat(length), ""))
        .toList();
  }
}

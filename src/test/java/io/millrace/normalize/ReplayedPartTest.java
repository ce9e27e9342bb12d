package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Attempt;
import io.millrace.event.Event;
import io.millrace.model.Reason;
import io.millrace.normalize.testing.Inbound;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dead letter put into deliveries-received once more. */
class ReplayedPartTest {
  private static final String BATCH =
      """
      [{"id": "1", "type": "lead.created", "lead": "L-1"},
       {"id": "2", "type": "lead.created"},
       {"id": "3", "type": "lead.created", "lead": "L-3"}]
      """;
  private static final String RULES =
      "{items: $, id: id, type: type, record: {type: lead, id: lead}}";
  private static final String BETTER_RULES =
      "{items: $, id: id, type: type, record: {type: lead, id: lead|id}}";

  @Test
  void isTheOnlyPartThatIsProcessedAgain() {
    Event event = Inbound.reading(BETTER_RULES).replaying(1).event(BATCH);

    assertThat(event.getEventId()).isEqualTo("2");
    assertThat(event.getMetadata().getReplay()).isEqualTo(1);
    assertThat(event.getMetadata().getLineage().getIndex()).isEqualTo(1);
    assertThat(event.getMetadata().getAttempts()).isEqualTo(Inbound.FAILED_BEFORE);
  }

  @Test
  void keepsItsNameAndAddsToItsAttempts_whenItFailsAgain() {
    var letter = Inbound.reading(RULES).replaying(1).refused(BATCH);

    assertThat(letter.getDeadLetterId()).isEqualTo(Inbound.DELIVERY_ID + "/1");
    assertThat(letter.getReplay()).isEqualTo(1);
    assertThat(letter.getAttempts())
        .extracting(Attempt::getReason)
        .containsExactly(Reason.UNREADABLE_BODY.name(), Reason.MISSING_FIELD.name());
    assertThat(letter.getAttempts().getLast().getAt()).isEqualTo(Inbound.REPLAYED_AT);
  }

  @Test
  void keepsItsName_whenTheDeliveryCanNoLongerBeTakenApart() {
    for (var body : List.of("[", "[{\"id\": \"1\"}]")) {
      var letter = Inbound.reading(RULES).replaying(1).refused(body);

      assertThat(letter.getDeadLetterId()).as(body).isEqualTo(Inbound.DELIVERY_ID + "/1");
      assertThat(letter.getReason()).as(body).isEqualTo(Reason.UNREADABLE_BODY.name());
    }
  }

  @Test
  void isAllOfTheDelivery_whenNoneOfItCouldBeRead() {
    assertThat(Inbound.reading(BETTER_RULES).replaying(-1).events(BATCH))
        .extracting(event -> event.getMetadata().getAttempts().size())
        .containsExactly(1, 1, 1);
  }
}

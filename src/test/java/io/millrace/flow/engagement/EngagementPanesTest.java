package io.millrace.flow.engagement;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.arrived;
import static io.millrace.flow.testing.EngagementEvents.delivered;
import static io.millrace.flow.testing.EngagementEvents.event;
import static io.millrace.flow.testing.EngagementEvents.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.OpenPane;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EngagementPanesTest {
  private static final String ANN = "ann@example.com";

  @Test
  void countsEventsByTypeAndActivity() {
    OpenPane pane = add(Optional.empty(), opened("e1", NOON.plusSeconds(30)), NOON);

    pane = add(Optional.of(pane), opened("e2", NOON.plusSeconds(10)), NOON);

    EngagementBatch batch = EngagementPanes.emitted(pane);
    assertThat(batch.getBatchId()).isEqualTo("ann@example.com|2026-03-02T12:00:00Z|site/e1|0/0/0");
    assertThat(batch.getEvents()).isEqualTo(2);
    assertThat(batch.getCounts()).isEqualTo(Map.of("email.opened", 2L));
    assertThat(batch.getActivities()).isEqualTo(Map.of("email-open", 2L));
    assertThat(batch.getSources()).containsExactly("site");
    assertThat(batch.getFirstOccurredAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(batch.getLastOccurredAt()).isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void closesAtTheEndOfTheMinute() {
    OpenPane pane = add(Optional.empty(), opened("e1", NOON.plusSeconds(59)), NOON.plusSeconds(59));

    assertThat(pane.getCloseAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(pane.getBatch().getLate()).isFalse();
  }

  @Test
  void closesAMinuteThatIsOverWithThePresentMinute() {
    OpenPane pane = add(Optional.empty(), opened("e1", NOON), NOON.plusSeconds(3_601));

    assertThat(pane.getCloseAt()).isEqualTo(NOON.plusSeconds(3_660));
    assertThat(pane.getBatch().getLate()).isTrue();
  }

  @Test
  void closesAMinuteFromTheFutureWithThePresentMinute() {
    OpenPane pane = add(Optional.empty(), opened("e1", NOON.plusSeconds(86_400)), NOON);

    assertThat(pane.getCloseAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(pane.getBatch().getLate()).isFalse();
  }

  @Test
  void believesAClockThatIsALittleFast() {
    OpenPane pane = add(Optional.empty(), opened("e1", NOON.plusSeconds(70)), NOON.plusSeconds(58));

    assertThat(pane.getCloseAt()).isEqualTo(NOON.plusSeconds(120));
  }

  @Test
  void givesTheBatchOfAReplayedEventAnIdOfItsOwn() {
    Event again = delivered(replayed(opened("e1", NOON), 2), 7);
    OpenPane pane = add(Optional.empty(), again, NOON);

    assertThat(pane.getBatch().getBatchId()).endsWith("|site/e1|0/7/0");
  }

  @Test
  void keepsEventsWhoseTimeIsNotBelievedInAPaneOfTheirOwn() {
    Instant late = NOON.plus(Duration.ofDays(9));
    Engagement inTime = new Engagement(opened("e1", NOON), List.of());
    Event ahead = arrived(inTime.event(), NOON.minus(Duration.ofDays(2)));
    Engagement unbelieved = new Engagement(ahead, List.of());

    EngagementPanes.Place usual = EngagementPanes.place("p", inTime, late);
    EngagementPanes.Place other = EngagementPanes.place("p", unbelieved, late);

    assertThat(usual.closeAt()).isEqualTo(other.closeAt());
    assertThat(other.countsOn()).contains(LocalDate.parse("2026-02-28"));
    assertThat(OpenPanes.key(usual)).isNotEqualTo(OpenPanes.key(other));
    assertThat(OpenPanes.key(other)).startsWith(OpenPanes.key(usual));
  }

  @Test
  void isFullWithTooManyKindsOfEvents() {
    Optional<OpenPane> pane = Optional.empty();

    for (int type = 0; type < EngagementPanes.MAX_TYPES; type++) {
      assertThat(pane.filter(EngagementPanes::isFull)).isEmpty();
      pane = Optional.of(add(pane, event(ANN, "e" + type, "type." + type, NOON, Map.of()), NOON));
    }

    assertThat(pane.filter(EngagementPanes::isFull)).isPresent();
  }

  private static OpenPane add(Optional<OpenPane> open, Event event, Instant now) {
    List<String> activities =
        event.getEventType().equals("email.opened") ? List.of("email-open") : List.of();
    Engagement engagement = new Engagement(event, activities);
    return EngagementPanes.add(open, EngagementPanes.place(ANN, engagement, now), engagement, now);
  }

  private static Event opened(String id, Instant occurredAt) {
    return event(ANN, id, "email.opened", occurredAt, Map.of());
  }
}

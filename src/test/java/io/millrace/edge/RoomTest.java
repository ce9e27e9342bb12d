package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.rule.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private final Room room = new Room(2, 100);

  @Test
  void takesInAsManyRequestsAsItHasSeats() {
    room.enter();
    var second = room.enter();

    assertFull(room::enter);
    second.leave();
    second.leave();

    assertThat(room.requests()).isEqualTo(1);
    assertThatCode(room::enter).doesNotThrowAnyException();
    assertFull(room::enter);
  }

  @Test
  void takesInAsManyBytesAsItHoldsForAllTogether() {
    var first = room.enter();
    var second = room.enter();
    first.hold(60);
    second.hold(40);

    assertFull(() -> second.hold(1));
    assertThat(room.bytes()).isEqualTo(100);
    first.leave();

    assertThat(room.bytes()).isEqualTo(40);
    assertThatCode(() -> second.hold(60)).doesNotThrowAnyException();
    second.leave();
    assertThat(room.bytes()).isZero();
  }

  @Test
  void givesNothingToARequestThatHasLeft() {
    var seat = room.enter();
    seat.leave();

    assertFull(() -> seat.hold(1));
    assertThat(room.bytes()).isZero();
  }

  private static void assertFull(ThrowingCallable attempt) {
    var refused = catchThrowableOfType(RefusedException.class, attempt);
    assertThat(refused.problem().reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refused.problem().headers()).containsKeys("Retry-After", "Connection");
  }
}

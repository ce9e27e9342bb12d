package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.rule.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";
  private static final String ELSEWHERE = "192.0.2.3";

  private final Room room = new Room(2, 100);

  @Test
  void takesInAsManyRequestsAsItHasSeats() {
    room.enter(HERE);
    var second = room.enter(THERE);

    assertFull(() -> room.enter(ELSEWHERE));
    second.leave();
    second.leave();

    assertThat(room.requests()).isEqualTo(1);
    assertThatCode(() -> room.enter(ELSEWHERE)).doesNotThrowAnyException();
    assertFull(() -> room.enter(ELSEWHERE));
  }

  @Test
  void takesInAsManyBytesAsItHoldsForAllTogether() {
    var first = room.enter(HERE);
    var second = room.enter(THERE);
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
    var seat = room.enter(HERE);
    seat.leave();

    assertFull(() -> seat.hold(1));
    assertThat(room.bytes()).isZero();
  }

  @Test
  void leavesHalfOfItsSeatsToOtherAddresses() {
    var wide = new Room(4, 100);
    var first = wide.enter("2001:db8::1");
    var second = wide.enter("2001:db8::2");

    assertFull(() -> wide.enter("2001:db8::3"));
    assertThatCode(() -> wide.enter(THERE)).doesNotThrowAnyException();

    second.prove();
    assertThatCode(() -> wide.enter("2001:db8::3")).doesNotThrowAnyException();
    first.leave();
    second.leave();
    assertThat(wide.requests()).isEqualTo(2);
  }

  @Test
  void leavesHalfOfItsMemoryToOtherAddresses() {
    var wide = new Room(10, 100);
    var first = wide.enter(HERE);
    var second = wide.enter(HERE);
    var other = wide.enter(THERE);
    first.hold(60);

    assertFull(() -> second.hold(1));
    assertThatCode(() -> first.hold(10)).doesNotThrowAnyException();
    assertThatCode(() -> other.hold(10)).doesNotThrowAnyException();

    first.prove();
    assertThatCode(() -> second.hold(10)).doesNotThrowAnyException();
    first.leave();
    second.leave();
    other.leave();
    assertThat(wide.bytes()).isZero();
  }

  private static void assertFull(ThrowingCallable attempt) {
    var refused = catchThrowableOfType(RefusedException.class, attempt);
    assertThat(refused.problem().reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refused.problem().headers()).containsKeys("Retry-After", "Connection");
  }
}

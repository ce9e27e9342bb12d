package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.edge.wire.ProblemException;
import io.millrace.model.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RequestCapacityTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";
  private static final String ELSEWHERE = "192.0.2.3";

  private final RequestCapacity capacity = new RequestCapacity(2, 100);

  @Test
  void admitsAsManyRequestsAsAreAllowed() {
    capacity.acquire(HERE);
    var second = capacity.acquire(THERE);

    assertFull(() -> capacity.acquire(ELSEWHERE));
    second.release();
    second.release();

    assertThat(capacity.requests()).isEqualTo(1);
    assertThatCode(() -> capacity.acquire(ELSEWHERE)).doesNotThrowAnyException();
    assertFull(() -> capacity.acquire(ELSEWHERE));
  }

  @Test
  void admitsAsManyBytesAsAreAllowedForAllTogether() {
    var first = capacity.acquire(HERE);
    var second = capacity.acquire(THERE);
    first.hold(60);
    second.hold(40);

    assertFull(() -> second.hold(1));
    assertThat(capacity.bytes()).isEqualTo(100);
    first.release();

    assertThat(capacity.bytes()).isEqualTo(40);
    assertThatCode(() -> second.hold(60)).doesNotThrowAnyException();
    second.release();
    assertThat(capacity.bytes()).isZero();
  }

  @Test
  void givesNothingToARequestThatWasReleased() {
    var permit = capacity.acquire(HERE);
    permit.release();

    assertFull(() -> permit.hold(1));
    assertThat(capacity.bytes()).isZero();
  }

  @Test
  void leavesHalfOfTheRequestsToOtherAddresses() {
    var wide = new RequestCapacity(4, 100);
    var first = wide.acquire("2001:db8::1");
    var second = wide.acquire("2001:db8::2");

    assertFull(() -> wide.acquire("2001:db8::3"));
    assertThatCode(() -> wide.acquire(THERE)).doesNotThrowAnyException();

    second.prove();
    assertThatCode(() -> wide.acquire("2001:db8::3")).doesNotThrowAnyException();
    first.release();
    second.release();
    assertThat(wide.requests()).isEqualTo(2);
  }

  @Test
  void leavesHalfOfTheMemoryToOtherAddresses() {
    var wide = new RequestCapacity(10, 100);
    var first = wide.acquire(HERE);
    var second = wide.acquire(HERE);
    var other = wide.acquire(THERE);
    first.hold(60);

    assertFull(() -> second.hold(1));
    assertThatCode(() -> first.hold(10)).doesNotThrowAnyException();
    assertThatCode(() -> other.hold(10)).doesNotThrowAnyException();

    first.prove();
    assertThatCode(() -> second.hold(10)).doesNotThrowAnyException();
    first.release();
    second.release();
    other.release();
    assertThat(wide.bytes()).isZero();
  }

  @Test
  void takesNoRequestForGenuineBecauseItIsOver() {
    var first = capacity.acquire(HERE);
    var second = capacity.acquire(THERE);

    first.release();
    second.prove();
    second.release();

    assertThat(first.isProved()).isFalse();
    assertThat(second.isProved()).isTrue();
  }

  private static void assertFull(ThrowingCallable attempt) {
    var refused = catchThrowableOfType(ProblemException.class, attempt);
    assertThat(refused.problem().reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refused.problem().headers()).containsKeys("Retry-After", "Connection");
  }
}

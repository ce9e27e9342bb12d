package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.edge.testing.ManualTime;
import io.millrace.edge.wire.ProblemException;
import io.millrace.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RequestCapacityTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";
  private static final String ELSEWHERE = "192.0.2.3";
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final ManualTime time = new ManualTime();
  private final List<String> aborted = new ArrayList<>();

  @Test
  void admitsAsManyRequestsAsAreAllowed() {
    var capacity = new RequestCapacity(2, 100, time);
    acquire(capacity, HERE);
    var second = acquire(capacity, THERE);

    assertFull(() -> acquire(capacity, ELSEWHERE));
    second.release();
    second.release();

    assertThat(capacity.requests()).isEqualTo(1);
    acquire(capacity, ELSEWHERE);
    assertFull(() -> acquire(capacity, ELSEWHERE));
    assertThat(capacity.requests()).isEqualTo(2);
  }

  @Test
  void admitsAsManyBytesAsAreAllowedForAllTogether() {
    var capacity = new RequestCapacity(4, 100, time);
    var first = acquire(capacity, HERE);
    var second = acquire(capacity, THERE);
    first.hold(60);
    second.hold(15);

    assertFull(() -> second.hold(1));
    assertThat(capacity.bytes()).isEqualTo(60);
    first.release();

    assertThat(capacity.bytes()).isZero();
  }

  @Test
  void letsOneBodyHaveAllTheMemoryThatNobodyElseUses() {
    var capacity = new RequestCapacity(4, 100, time);

    acquire(capacity, HERE).hold(100);

    assertThat(capacity.bytes()).isEqualTo(100);
  }

  @Test
  void givesNothingToARequestThatWasReleased() {
    var capacity = new RequestCapacity(2, 100, time);
    var permit = acquire(capacity, HERE);
    permit.release();

    assertFull(() -> permit.hold(1));
    assertThat(capacity.bytes()).isZero();
  }

  @Test
  void twoAddressesWithSlowBodiesLeaveRoomForAThird() {
    var capacity = new RequestCapacity(1000, 1_000_000, time);

    int here = acquireAll(capacity, HERE, 505);
    int there = acquireAll(capacity, THERE, 505);

    assertThat(here).isEqualTo(376);
    assertThat(there).isEqualTo(188);
    assertThat(acquireAll(capacity, ELSEWHERE, 90)).isEqualTo(90);
  }

  @Test
  void oneOwnerOfManyNetworksIsStillOneOwner() {
    var capacity = new RequestCapacity(1000, 1_000_000, time);
    for (int network = 0; network < 2000; network++) {
      acquireAll(capacity, "2001:db8:1:%x::1".formatted(network), 1);
    }

    assertThat(capacity.requests()).isEqualTo(376);
    assertThat(acquireAll(capacity, "2001:db8:2::1", 100)).isEqualTo(100);
  }

  @Test
  void givesUpTheSlowestBodyOfWhoeverHasMostForAnother() {
    var capacity = new RequestCapacity(8, 100, time);
    for (String address : List.of(HERE, HERE, HERE, THERE, THERE, ELSEWHERE)) {
      acquireAll(capacity, address, 1);
    }
    assertFull(() -> acquire(capacity, "192.0.2.4"));
    time.pass(SLOW);

    acquire(capacity, "192.0.2.4");

    assertThat(aborted).hasSize(1).allMatch(HERE::equals);
  }

  @Test
  void refusesWhatIsGivenUpAsOverloaded() {
    var capacity = new RequestCapacity(4, 100, time);
    var slow = acquire(capacity, HERE);
    slow.hold(70);
    time.pass(SLOW);

    acquire(capacity, THERE).hold(20);

    assertThat(aborted).containsExactly(HERE);
    assertThat(capacity.bytes()).isEqualTo(20);
    assertFull(() -> slow.hold(1));
    assertFull(slow::complete);
  }

  @Test
  void doesNotGiveUpWhatHasArrivedInFull() {
    var capacity = new RequestCapacity(2, 100, time);
    acquire(capacity, HERE).complete();
    acquire(capacity, THERE).prove();
    time.pass(SLOW);

    assertFull(() -> acquire(capacity, ELSEWHERE));
    assertThat(aborted).isEmpty();
  }

  @Test
  void knownSendersFindRoomThatStrangersDoNotGet() {
    var capacity = new RequestCapacity(8, 100, time);
    for (int number = 0; number < 20; number++) {
      acquireAll(capacity, "198.51.100." + number, 1);
    }
    assertThat(capacity.requests()).isEqualTo(6);

    for (int number = 0; number < 8; number++) {
      capacity.acquire(HERE, true, () -> aborted.add(HERE)).complete();
    }

    assertThat(capacity.requests()).isEqualTo(8);
    assertThat(aborted).hasSize(6).noneMatch(HERE::equals);
  }

  @Test
  void takesNoRequestForGenuineBecauseItIsOver() {
    var capacity = new RequestCapacity(2, 100, time);
    var first = acquire(capacity, HERE);
    var second = acquire(capacity, THERE);

    first.release();
    second.prove();
    second.release();

    assertThat(first.isProved()).isFalse();
    assertThat(second.isProved()).isTrue();
  }

  @Test
  void neverAdmitsMoreThanItsLimitsAndLosesNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      int requests = 1 + random.nextInt(30);
      int bytes = 10 + random.nextInt(500);
      var capacity = new RequestCapacity(requests, bytes, time);
      List<RequestCapacity.Permit> all = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        step(capacity, all, random);
        assertThat(capacity.requests()).as("seed %d", seed).isBetween(0, requests);
        assertThat(capacity.bytes()).as("seed %d", seed).isBetween(0L, (long) bytes);
      }
      all.forEach(RequestCapacity.Permit::release);
      assertThat(capacity.requests()).as("seed %d", seed).isZero();
      assertThat(capacity.bytes()).as("seed %d", seed).isZero();
    }
  }

  private void step(RequestCapacity capacity, List<RequestCapacity.Permit> all, Random random) {
    try {
      int choice = all.isEmpty() ? 0 : random.nextInt(7);
      Supplier<RequestCapacity.Permit> any = () -> all.get(random.nextInt(all.size()));
      switch (choice) {
        case 0, 1 -> {
          String address = "192.0.2." + random.nextInt(5);
          all.add(capacity.acquire(address, random.nextInt(4) == 0, () -> {}));
        }
        case 2, 3 -> any.get().hold(random.nextInt(40));
        case 4 -> any.get().complete();
        case 5 -> any.get().release();
        default -> time.pass(Duration.ofMillis(random.nextInt(900)));
      }
    } catch (ProblemException full) {
      assertThat(full.problem().reason()).isEqualTo(Reason.OVERLOADED);
    }
  }

  private RequestCapacity.Permit acquire(RequestCapacity capacity, String address) {
    return capacity.acquire(address, false, () -> aborted.add(address));
  }

  private int acquireAll(RequestCapacity capacity, String address, int count) {
    int admitted = 0;
    for (int number = 0; number < count; number++) {
      try {
        acquire(capacity, address);
        admitted++;
      } catch (ProblemException full) {
        assertThat(full.problem().reason()).isEqualTo(Reason.OVERLOADED);
      }
    }
    return admitted;
  }

  private static void assertFull(ThrowingCallable attempt) {
    var refused = catchThrowableOfType(ProblemException.class, attempt);
    assertThat(refused.problem().reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refused.problem().headers()).containsKeys("Retry-After", "Connection");
  }
}

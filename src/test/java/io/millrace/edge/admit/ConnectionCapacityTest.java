package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConnectionCapacityTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private final ManualTime time = new ManualTime();
  private final Set<String> known = new HashSet<>();

  /** The connections that are open, in order, by address. */
  private final Map<Object, String> open = new HashMap<>();

  private int next;

  @Test
  void oneAddressGetsNoMoreThanItLeavesToOthers() {
    var capacity = capacity(400);

    open(capacity, HERE, 1000);

    assertThat(count(HERE)).isEqualTo(151);
    assertThat(opens(capacity, THERE)).isTrue();
  }

  @Test
  void twoAddressesLeaveRoomForAThird() {
    var capacity = capacity(400);
    open(capacity, HERE, 1000);
    open(capacity, THERE, 1000);

    assertThat(opens(capacity, "192.0.2.3")).isTrue();
  }

  @Test
  void oneOwnerOfManyNetworksIsStillOneOwner() {
    var capacity = capacity(400);
    for (int network = 0; network < 1000; network++) {
      open(capacity, "2001:db8:1:%x::1".formatted(network), 1);
    }

    assertThat(open).hasSizeLessThanOrEqualTo(151);
    assertThat(opens(capacity, "2001:db8:2::1")).isTrue();
  }

  @Test
  void anotherConnectionOfAFullAddressTakesThePlaceOfItsOldest() {
    var capacity = capacity(400);
    open(capacity, HERE, 1000);
    assertThat(opens(capacity, HERE)).isFalse();
    Object oldest = open.keySet().stream().map(Integer.class::cast).sorted().findFirst().get();

    time.pass(Duration.ofSeconds(1));

    assertThat(opens(capacity, HERE)).isTrue();
    assertThat(open).doesNotContainKey(oldest);
  }

  /** There is nothing else left to give: each has one, and all are strangers. */
  @Test
  void knownSendersFindAPlaceWhoeverElseIsThere() {
    var capacity = capacity(400);
    for (int number = 0; number < 1000; number++) {
      open(capacity, "198.51.%d.%d".formatted(number / 250, number % 250), 1);
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(open).hasSize(300);
    known.add(HERE);

    open(capacity, HERE, 400);

    assertThat(count(HERE)).isEqualTo(400);
    assertThat(open).hasSize(400);
    assertThat(opens(capacity, HERE)).isFalse();
  }

  @Test
  void whoeverProvesSomethingKeepsWhatItHas() {
    var capacity = capacity(8);
    open(capacity, HERE, 3);
    known.add(HERE);
    time.pass(Duration.ofSeconds(5));

    for (int number = 0; number < 100; number++) {
      open(capacity, "198.51.100." + number, 1);
      time.pass(Duration.ofSeconds(1));
    }

    assertThat(count(HERE)).isEqualTo(3);
    assertThat(open).hasSize(8);
  }

  @Test
  void neverHoldsMoreThanTheLimitAndAlwaysHasRoomForAnother() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      open.clear();
      known.clear();
      int limit = 4 + random.nextInt(40);
      var capacity = capacity(limit);
      for (int step = 0; step < 200; step++) {
        String address = "192.0.2." + random.nextInt(6);
        switch (random.nextInt(6)) {
          case 0 -> {
            var any = new ArrayList<>(open.keySet());
            if (!any.isEmpty()) {
              Object closed = any.get(random.nextInt(any.size()));
              open.remove(closed);
              capacity.closed(closed);
            }
          }
          case 1 -> time.pass(Duration.ofMillis(random.nextInt(1500)));
          case 2 -> {
            if (known.size() < 2) {
              known.add(address);
            }
          }
          default -> opens(capacity, address);
        }
        assertThat(capacity.connections()).as("seed %d", seed).isEqualTo(open.size());
        assertThat(open.size()).as("seed %d", seed).isLessThanOrEqualTo(limit);
      }
      time.pass(Duration.ofSeconds(1));
      known.clear();
      boolean allKnown = open.size() == limit;
      assertThat(opens(capacity, "203.0.113.1") || allKnown).as("seed %d", seed).isTrue();
    }
  }

  private ConnectionCapacity capacity(int limit) {
    return new ConnectionCapacity(limit, known::contains, time);
  }

  private void open(ConnectionCapacity capacity, String address, int count) {
    for (int number = 0; number < count; number++) {
      opens(capacity, address);
    }
  }

  /** Whether a connection that is opened now may stay. */
  private boolean opens(ConnectionCapacity capacity, String address) {
    Object connection = next++;
    List<Object> aborted = new ArrayList<>();
    open.put(connection, address);
    capacity.opened(
        address,
        connection,
        () -> {
          assertThat(open.remove(connection)).as("aborted once").isNotNull();
          aborted.add(connection);
        });
    return aborted.isEmpty();
  }

  private long count(String address) {
    return open.values().stream().filter(address::equals).count();
  }
}

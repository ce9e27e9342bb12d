package io.millrace.flow.expression;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.testing.EngagementEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainConditionTest {
  private static final int EXPRESSIONS = 300;
  private static final int EVENTS = 20;
  private static final List<String> FIELDS = List.of("path", "url", "plan", "seats");
  private static final List<String> TEXTS =
      List.of("/pricing", "https://example.com/pricing?x=1", "pro", "", "Pro", "p");

  private final Random random;
  private final long seed;

  PlainConditionTest() {
    seed = Long.getLong("seed", new Random().nextLong());
    random = new Random(seed);
  }

  @Test
  void saysWhatCelSays() {
    int held = 0;
    int answered = 0;
    for (int number = 0; number < EXPRESSIONS; number++) {
      String text = expression(3);
      EventCondition condition = EventCondition.of(text);
      assertThat(condition.isPlain()).as(text).isTrue();
      for (int round = 0; round < EVENTS; round++) {
        Event event = event();
        boolean holds = condition.holds(new EventView(event));
        Optional<Boolean> cel = inCel(condition, event);
        cel.ifPresent(
            expected ->
                assertThat(holds)
                    .as("-Dseed=%d: %s of %s", seed, text, event.getData())
                    .isEqualTo(expected));
        held += holds ? 1 : 0;
        answered += cel.isPresent() ? 1 : 0;
      }
    }
    assertThat(held).as("seed %d", seed).isBetween(300, EXPRESSIONS * EVENTS - 300);
    assertThat(answered).as("seed %d", seed).isGreaterThan(EXPRESSIONS * EVENTS / 2);
  }

  /** CEL's runtime fails on {@code !} of a joined test that has no answer. */
  private static Optional<Boolean> inCel(EventCondition condition, Event event) {
    try {
      return Optional.of(condition.holdsInCel(new EventView(event)));
    } catch (IllegalStateException failure) {
      assertThat(failure).hasMessageContaining("No matching overload for function '!_'");
      return Optional.empty();
    }
  }

  @Test
  void doesNotFailOnTheOppositeOfWhatHasNoAnswer() {
    EventCondition condition = EventCondition.of("!(data.path == 'a' || data.path == 'b')");

    assertThat(condition.holds(new EventView(event("plan", "pro")))).isFalse();
    assertThat(condition.holds(new EventView(event("path", "c")))).isTrue();
  }

  private static Event event(String field, String value) {
    return EngagementEvents.event("ann", "e", "page.viewed", NOON, Map.of(field, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int(data.seats) >= 50",
        "size(data.path) > 3",
        "record.id == 'x'",
        "data.exists(field, data[field] == 'demo')",
        "data.plan + 'x' == 'prox'",
        "data.plan in [data.path]",
        "data['pl' + 'an'] == 'pro'",
        "true",
      })
  void leavesTheRestToCel(String text) {
    assertThat(EventCondition.of(text).isPlain()).isFalse();
  }

  private String expression(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 9)) {
      case 0 -> value() + (random.nextBoolean() ? " == " : " != ") + value();
      case 1 -> "has(" + fields() + "." + pick(FIELDS) + ")";
      case 2 ->
          value() + "." + pick(List.of("startsWith", "endsWith", "contains")) + "(" + value() + ")";
      case 3 -> value() + ".matches('^https?://[^/?#]+/pricing')";
      case 4 -> "matches(" + value() + ", '(?i)^PRO$')";
      case 5 -> value() + " in ['pro', '', \"/pricing\"]";
      case 6 -> "!(" + expression(depth - 1) + ")";
      case 7 -> "(" + expression(depth - 1) + ") && (" + expression(depth - 1) + ")";
      default -> "(" + expression(depth - 1) + ") || (" + expression(depth - 1) + ")";
    };
  }

  private String value() {
    return switch (random.nextInt(6)) {
      case 0 -> "'" + pick(TEXTS) + "'";
      case 1 -> random.nextBoolean() ? "event_type" : "source";
      case 2 -> fields() + "['" + pick(FIELDS) + "']";
      default -> fields() + "." + pick(FIELDS);
    };
  }

  private String fields() {
    return random.nextInt(4) == 0 ? "previous" : "data";
  }

  private Event event() {
    Map<String, String> data = new HashMap<>();
    Map<String, String> previous = new HashMap<>();
    for (String field : FIELDS) {
      if (random.nextInt(4) > 0) {
        data.put(field, random.nextInt(8) == 0 ? null : pick(TEXTS));
      }
      if (random.nextBoolean()) {
        previous.put(field, pick(TEXTS));
      }
    }
    return Event.newBuilder(
            EngagementEvents.event("ann", "e", random.nextBoolean() ? "pro" : "p", NOON, data))
        .setPrevious(previous)
        .build();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}

package io.millrace.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.load.MixEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VolumeMixTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final int SIZE = 50_000;
  private static final List<MixEvent> MIX = generate(7, SIZE);
  private static final List<MixEvent> DISTINCT =
      MIX.stream().filter(event -> !event.isCopy()).toList();

  @Test
  void hasTheProportionsOfTheVolumeMix() {
    assertThat(share(DISTINCT, event -> event.kind() == Kind.ENGAGEMENT)).isCloseTo(0.70, close());
    assertThat(share(DISTINCT, event -> event.kind() == Kind.LEAD)).isCloseTo(0.25, close());
    assertThat(share(DISTINCT, event -> event.kind() == Kind.DEAL)).isCloseTo(0.05, close());
    assertThat(share(MIX, MixEvent::isCopy)).isCloseTo(0.02, within(0.005));
    assertThat(share(DISTINCT, event -> event.occurredMs() < event.arrivedMs()))
        .isCloseTo(0.05, within(0.005));
    assertThat(DISTINCT)
        .allMatch(event -> event.arrivedMs() - event.occurredMs() <= 1_500)
        .allMatch(event -> event.person() >= 1 && event.person() <= 100_000);
    List<MixEvent> leads = DISTINCT.stream().filter(it -> it.kind() == Kind.LEAD).toList();
    assertThat(share(leads, event -> event.type().equals("lead.created"))).isCloseTo(0.3, close());
  }

  @Test
  void comesFromEightSources() {
    for (int source = 1; source <= 8; source++) {
      int expected = source;
      assertThat(share(DISTINCT, event -> event.source() == expected)).isCloseTo(0.125, close());
    }
  }

  @Test
  void numbersDistinctEventsAndCopiesComeLaterFromTheSameSource() {
    Set<Integer> posted = new HashSet<>();
    for (MixEvent event : MIX) {
      assertThat(posted.add(event.number())).isEqualTo(!event.isCopy());
      assertThat(event.source()).isEqualTo(DISTINCT.get(event.number()).source());
    }
    assertThat(posted).hasSize(DISTINCT.size());
  }

  @Test
  void oneCopyInTwentyComesAQuarterOfAnHourLate() {
    List<MixEvent> copies = MIX.stream().filter(MixEvent::isCopy).toList();
    Predicate<MixEvent> isLate =
        copy -> copy.arrivedMs() - copy.occurredMs() >= VolumeMix.RETRY_AFTER_MS;

    assertThat(share(copies, isLate)).isCloseTo(0.05, within(0.03));
  }

  @Test
  void arrivesInOrderAndAllInThePast() {
    assertThat(MIX).isSortedAccordingTo((a, b) -> Long.compare(a.arrivedMs(), b.arrivedMs()));
    List<MixEvent> closing = new ArrayList<>();
    VolumeMix.close(SIZE, DISTINCT.size(), START, closing::add);

    assertThat(closing).allMatch(event -> event.arrivedMs() > MIX.getLast().arrivedMs());
    assertThat(closing.getLast().arrivedMs())
        .isLessThan(START.toEpochMilli() + VolumeMix.spanMs(SIZE));
  }

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(generate(8, 2_000)).isEqualTo(generate(8, 2_000)).isNotEqualTo(generate(9, 2_000));
  }

  @Test
  void postsJsonOfTheEnvelope() throws JsonProcessingException {
    for (MixEvent event : MIX.subList(0, 500)) {
      JsonNode body = new ObjectMapper().readTree(event.body());

      assertThat(body.path("event_id").asText()).isEqualTo(event.id());
      assertThat(MixEvent.numberOf(event.id())).isEqualTo(event.number());
      assertThat(body.path("event_type").asText()).isEqualTo(event.type());
      assertThat(Instant.parse(body.path("timestamp").asText()).toEpochMilli())
          .isEqualTo(event.occurredMs());
      assertThat(body.path("data").size()).isPositive();
    }
  }

  private static List<MixEvent> generate(long seed, int size) {
    List<MixEvent> events = new ArrayList<>();
    VolumeMix.generate(seed, size, START, events::add);
    return events;
  }

  private static double share(List<MixEvent> events, Predicate<MixEvent> which) {
    return (double) events.stream().filter(which).count() / events.size();
  }

  private static Offset<Double> close() {
    return within(0.02);
  }
}

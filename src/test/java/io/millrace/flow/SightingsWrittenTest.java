package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityEvidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SightingsWrittenTest {
  private static final Instant START = Instant.parse("2026-11-01T23:00:00Z");

  @Test
  void forgetsTheOneThatWasNotSeenForLongest() {
    var written = new SightingsWritten(2);

    assertThat(written.add(told("1", 0, "a"))).isTrue();
    assertThat(written.add(told("1", 0, "b"))).isTrue();
    assertThat(written.add(told("1", 0, "a"))).isFalse();
    assertThat(written.add(told("1", 0, "c"))).isTrue();
    assertThat(written.add(told("1", 0, "a"))).isFalse();
    assertThat(written.add(told("1", 0, "b"))).isTrue();
  }

  @Test
  void forgetsEverythingWhenItIsCleared() {
    var written = new SightingsWritten(10);
    written.add(told("1", 0, "a"));

    written.clear();

    assertThat(written.add(told("1", 0, "a"))).isTrue();
  }

  /** Whoever reads what is written knows as much as whoever reads everything. */
  @Test
  void nothingIsLost() {
    for (int round = 0; round < 200; round++) {
      long seed = new Random().nextLong();
      var random = new Random(seed);
      var written = new SightingsWritten(1 + random.nextInt(4));
      List<IdentifierSighting> all = new ArrayList<>();
      List<IdentifierSighting> told = new ArrayList<>();
      for (int number = 0; number < 200; number++) {
        IdentifierSighting sighting =
            told(
                Integer.toString(random.nextInt(5)),
                random.nextInt(72),
                random.nextBoolean() ? new String[] {"a", "b"} : new String[] {"a"});
        all.add(sighting);
        if (written.add(sighting)) {
          told.add(sighting);
        }
      }
      assertThat(known(told)).as("seed %d", seed).isEqualTo(known(all));
      assertThat(told).as("seed %d", seed).hasSizeLessThan(all.size());
    }
  }

  /** The earliest evidence, and the first and last day, of each set of identifiers. */
  private static Map<String, String> known(List<IdentifierSighting> sightings) {
    Map<String, String> known = new HashMap<>();
    for (String ids : List.of("a", "a b")) {
      List<IdentifierSighting> of =
          sightings.stream().filter(each -> ids(each).equals(ids)).toList();
      known.put(
          ids,
          of.stream().map(SightingsWrittenTest::evidence).min(String::compareTo)
              + " "
              + of.stream().map(SightingsWrittenTest::day).min(LocalDate::compareTo)
              + " "
              + of.stream().map(SightingsWrittenTest::day).max(LocalDate::compareTo));
    }
    return known;
  }

  private static String ids(IdentifierSighting sighting) {
    return String.join(" ", sighting.getIdentifiers().stream().map(Identifier::getId).toList());
  }

  private static String evidence(IdentifierSighting sighting) {
    return sighting.getEvidence().getOccurredAt() + " " + sighting.getEvidence().getEventId();
  }

  private static LocalDate day(IdentifierSighting sighting) {
    return LocalDate.ofInstant(sighting.getEvidence().getOccurredAt(), ZoneOffset.UTC);
  }

  private static IdentifierSighting told(String eventId, int hours, String... ids) {
    return new IdentifierSighting(
        List.of(ids).stream().map(id -> new Identifier(id, "email", "", id)).toList(),
        "NAMED",
        new IdentityEvidence("crm", eventId, "lead.created", START.plus(Duration.ofHours(hours))),
        List.of());
  }
}

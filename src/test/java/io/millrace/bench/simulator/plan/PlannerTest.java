package io.millrace.bench.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.simulator.life.Change;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.life.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
  private static final Planner PLANNER =
      new Planner(Set.copyOf(SourceNames.all()), 8, FaultRates.DEMO, 2_000);

  @Test
  void makesTheSameRequestsFromTheSameSeed() {
    Plan first = PLANNER.plan(Run.numbered(1, 42, 1_000, START));
    Plan second = PLANNER.plan(Run.numbered(1, 42, 1_000, START));

    assertThat(fingerprints(second)).isEqualTo(fingerprints(first));
  }

  @Test
  void makesOtherRequestsFromAnotherSeed() {
    Plan first = PLANNER.plan(Run.numbered(1, 42, 1_000, START));
    Plan second = PLANNER.plan(Run.numbered(1, 43, 1_000, START));

    assertThat(fingerprints(second)).isNotEqualTo(fingerprints(first));
  }

  @Test
  void sharesNoIdBetweenRuns() {
    Set<String> first = ids(PLANNER.plan(Run.numbered(1, 42, 1_000, START)));
    Set<String> second = ids(PLANNER.plan(Run.numbered(2, 42, 1_000, START)));

    assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
  }

  @Test
  void comesCloseToTheEventsAskedFor() {
    for (long seed = 1; seed <= 5; seed++) {
      Plan plan = PLANNER.plan(Run.numbered(1, seed, 4_000, START));

      assertThat(plan.events()).as("seed %d", seed).isBetween(3_200, 5_200);
    }
  }

  @Test
  void plansEveryKindOfTrouble() {
    for (long seed = 38; seed <= 46; seed++) {
      Plan plan = PLANNER.plan(Run.numbered(1, seed, 4_000, START));

      assertThat(plan.requests())
          .as("seed %d", seed)
          .flatExtracting(PlannedRequest::events)
          .extracting(SimulatedEvent::change)
          .containsAll(EnumSet.allOf(Change.class));
      assertThat(plan.requests())
          .as("seed %d", seed)
          .extracting(PlannedRequest::kind)
          .containsAll(EnumSet.allOf(RequestKind.class));
      assertThat(plan.requests())
          .as("seed %d", seed)
          .extracting(PlannedRequest::arrival)
          .containsAll(EnumSet.allOf(Arrival.class));
      assertThat(plan.requests()).as("seed %d", seed).anyMatch(PlannerTest::holdsUnusableEvent);
    }
  }

  @Test
  void sendsBatchesOfSeveralPeopleAtOnce() {
    Plan plan = PLANNER.plan(Run.numbered(1, 42, 4_000, START));

    assertThat(plan.requests())
        .filteredOn(request -> request.source().equals(SourceNames.EMAIL))
        .anyMatch(
            request ->
                request.events().stream().map(SimulatedEvent::subject).distinct().count() > 3);
    assertThat(plan.requests())
        .filteredOn(request -> request.source().equals(SourceNames.CRM))
        .anyMatch(request -> request.events().size() > 10);
  }

  /** The promise the ledger rests on: what is not marked arrives in the order it happened. */
  @Test
  void keepsTheOrderOfEveryRecordExceptWhereItSaysSo() {
    for (long seed = 1; seed <= 20; seed++) {
      Plan plan = PLANNER.plan(Run.numbered(1, seed, 2_000, START));
      Set<String> known = new HashSet<>();
      Map<Subject, Instant> latest = new HashMap<>();
      for (PlannedRequest request : plan.requests()) {
        Set<String> before = Set.copyOf(known);
        for (SimulatedEvent event : request.events()) {
          if (!event.isAboutRecord() || !event.usable() || !known.add(event.id())) {
            continue;
          }
          Instant soFar = latest.getOrDefault(event.subject(), Instant.MIN);
          boolean behind = event.occurredAt().isBefore(soFar);
          boolean within = behind && overtakenWithin(request, event, before);
          assertThat(behind && !within)
              .as("seed %d, request %d, %s", seed, request.index(), event)
              .isEqualTo(request.arrival() != Arrival.IN_ORDER);
          if (!behind) {
            latest.put(event.subject(), event.occurredAt());
          }
        }
      }
    }
  }

  @Test
  void keepsEachRecordToOneLaneAndOneSource() {
    Plan plan = PLANNER.plan(Run.numbered(1, 7, 4_000, START));
    Map<Subject, Set<String>> places = new HashMap<>();
    for (PlannedRequest request : plan.requests()) {
      for (SimulatedEvent event : request.events()) {
        if (event.isAboutRecord()) {
          places
              .computeIfAbsent(event.subject(), any -> new HashSet<>())
              .add(request.lane() + request.source());
        }
      }
    }

    assertThat(places.values()).allMatch(place -> place.size() == 1);
  }

  @Test
  void waitsForALaterEventBeforeSendingALateOne() {
    Plan plan = PLANNER.plan(Run.numbered(1, 7, 4_000, START));

    assertThat(plan.requests())
        .filteredOn(request -> request.arrival() == Arrival.LATE)
        .isNotEmpty()
        .allSatisfy(
            request -> {
              SimulatedEvent event = request.events().get(0);
              AwaitedEvent awaited = request.awaits().orElseThrow();
              assertThat(awaited.subject()).isEqualTo(event.subject());
              assertThat(awaited.occurredAt()).isAfter(event.occurredAt());
            });
  }

  private static boolean overtakenWithin(
      PlannedRequest request, SimulatedEvent event, Set<String> before) {
    return request.events().stream()
        .anyMatch(
            other ->
                other.subject().equals(event.subject())
                    && other.occurredAt().isAfter(event.occurredAt())
                    && !before.contains(other.id()));
  }

  private static boolean holdsUnusableEvent(PlannedRequest request) {
    return request.events().stream().anyMatch(event -> !event.usable());
  }

  private static List<String> fingerprints(Plan plan) {
    return plan.requests().stream()
        .map(
            request ->
                "%d %d %s %s %s %s %s %d"
                    .formatted(
                        request.index(),
                        request.lane(),
                        request.source(),
                        request.kind(),
                        request.position(),
                        request.arrival(),
                        request.awaits(),
                        Arrays.hashCode(request.body().bytes())))
        .toList();
  }

  private static Set<String> ids(Plan plan) {
    return plan.requests().stream()
        .flatMap(request -> request.events().stream())
        .map(event -> event.source() + event.id())
        .collect(Collectors.toSet());
  }
}

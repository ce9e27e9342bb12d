package io.millrace.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.journal.Journal;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.life.Subject;
import io.millrace.bench.simulator.plan.AwaitedEvent;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.bench.simulator.plan.Plan;
import io.millrace.bench.simulator.plan.PlannedRequest;
import io.millrace.bench.simulator.plan.Planner;
import io.millrace.bench.simulator.plan.RequestKind;
import io.millrace.bench.testing.FakeEdge;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {
  private static final int EVENTS = 300;
  private static final DemoSecrets SECRETS = DemoSecrets.draw();
  private static final Planner PLANNER =
      new Planner(Set.copyOf(SourceNames.all()), 4, FaultRates.DEMO, 2_000);

  @TempDir Path directory;

  @Test
  void deliversEverythingOnceToAFairEdge() throws Exception {
    try (Journal journal = journal();
        FakeEdge edge = new FakeEdge(plan(journal), any -> FakeEdge.Mood.FAIR)) {
      simulate(journal, edge.address());

      Plan plan = plan(journal);
      long genuine = plan.requests().stream().filter(one -> one.kind().refusal().isEmpty()).count();
      assertThat(edge.stored()).hasSize(Math.toIntExact(genuine));
      assertThat(journal.attempts())
          .hasSize(plan.requests().size())
          .allMatch(attempt -> attempt.answer().isPresent());
    }
  }

  @Test
  void triesAgainUntilABadEdgeHasTakenEverything() throws Exception {
    List<FakeEdge.Mood> moods =
        List.of(
            FakeEdge.Mood.FAIR,
            FakeEdge.Mood.BUSY,
            FakeEdge.Mood.FAIR,
            FakeEdge.Mood.STORES_AND_DROPS,
            FakeEdge.Mood.FAIR,
            FakeEdge.Mood.DROPS,
            FakeEdge.Mood.FAIR,
            FakeEdge.Mood.FAIR);
    try (Journal journal = journal();
        FakeEdge edge = new FakeEdge(plan(journal), number -> moods.get(number % moods.size()))) {
      simulate(journal, edge.address());

      Map<Integer, Attempt.Answer> last = new HashMap<>();
      journal
          .attempts()
          .forEach(
              attempt -> attempt.answer().ifPresent(answer -> last.put(attempt.request(), answer)));
      assertThat(last).hasSize(plan(journal).requests().size());
      assertThat(last.values()).allMatch(Attempt.Answer::isFinal);
      assertThat(edge.requests()).isGreaterThan(plan(journal).requests().size());
    }
  }

  @Test
  void sendsWhatIsStillOpenWhenItIsStartedAgain() throws Exception {
    Plan plan;
    try (Journal journal = journal();
        FakeEdge edge =
            new FakeEdge(
                plan(journal), number -> number > 60 ? FakeEdge.Mood.BUSY : FakeEdge.Mood.FAIR)) {
      plan = plan(journal);
      assertThatThrownBy(() -> simulate(journal, edge.address(), Duration.ofMillis(300)))
          .isInstanceOf(EdgeUnavailableException.class)
          .hasMessageContaining("run the command again");
    }

    try (Journal journal = journal();
        FakeEdge edge = new FakeEdge(plan(journal), any -> FakeEdge.Mood.FAIR)) {
      assertThat(journal.isResumed()).isTrue();
      simulate(journal, edge.address());

      assertThat(edge.requests()).isEqualTo(plan.requests().size() - 60);
      assertThat(journal.attempts())
          .filteredOn(attempt -> attempt.answer().filter(Attempt.Answer::isFinal).isPresent())
          .extracting(Attempt::request)
          .doesNotHaveDuplicates()
          .hasSize(plan.requests().size());
    }
  }

  @Test
  void sendsEachLaneInItsOrder() throws Exception {
    try (Journal journal = journal();
        FakeEdge edge = new FakeEdge(plan(journal), any -> FakeEdge.Mood.FAIR)) {
      simulate(journal, edge.address());

      Map<Integer, List<Integer>> lanes = new HashMap<>();
      for (FakeEdge.Stored stored : edge.stored()) {
        int request = stored.tag().request();
        int lane = plan(journal).requests().get(request).lane();
        lanes.computeIfAbsent(lane, any -> new ArrayList<>()).add(request);
      }
      assertThat(lanes.values()).allSatisfy(lane -> assertThat(lane).isSorted());
    }
  }

  @Test
  void repeatsADeliveryWithTheVerySameSignature() throws Exception {
    try (Journal journal = journal();
        FakeEdge edge = new FakeEdge(plan(journal), any -> FakeEdge.Mood.FAIR)) {
      simulate(journal, edge.address());

      Map<Integer, FakeEdge.Stored> stored = new HashMap<>();
      edge.stored().forEach(one -> stored.put(one.tag().request(), one));
      List<PlannedRequest> repeated =
          plan(journal).requests().stream()
              .filter(one -> one.kind() == RequestKind.RETRIED)
              .toList();
      assertThat(repeated).isNotEmpty();
      for (PlannedRequest request : repeated) {
        FakeEdge.Stored again = Objects.requireNonNull(stored.get(request.index()));
        FakeEdge.Stored first = Objects.requireNonNull(stored.get(request.repeats().orElseThrow()));
        String header =
            Objects.requireNonNull(SECRETS.signers().get(request.source())).proof().name();
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().get(header)).isEqualTo(first.headers().get(header));
      }
    }
  }

  @Test
  void notesWhatItSentWithoutHavingSeenWhatItWaitedFor() throws Exception {
    try (Journal journal = journal()) {
      Instant start = Instant.now();
      AwaitedEvent never = new AwaitedEvent(new Subject.OfRecord("lead", "L-1", "crm"), start);
      PlannedRequest request = plan(journal).requests().get(0);

      new EventWait(any -> false, journal, new LeapingClock(start), new Progress(1))
          .await(request, never);

      assertThat(journal.unseen()).containsExactly(request.index());
    }
  }

  private void simulate(Journal journal, URI edge) throws InterruptedException {
    simulate(journal, edge, Duration.ofSeconds(30));
  }

  private void simulate(Journal journal, URI edge, Duration patience) throws InterruptedException {
    try (Postman postman =
        new Postman(edge, SECRETS.signers(), DemoSecrets.draw().signers(), Clock.systemUTC())) {
      new Simulator(
              plan(journal),
              journal,
              postman,
              any -> true,
              Pace.none(),
              patience,
              Clock.systemUTC())
          .run();
    }
  }

  private Journal journal() {
    return Journal.open(directory, 42, EVENTS, Instant.now());
  }

  private static Plan plan(Journal journal) {
    return PLANNER.plan(journal.run());
  }

  /** A clock that goes on by a minute and a half with every look. */
  private static final class LeapingClock extends Clock {
    private Instant now;

    LeapingClock(Instant start) {
      this.now = start;
    }

    @Override
    public Instant instant() {
      now = now.plusSeconds(90);
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}

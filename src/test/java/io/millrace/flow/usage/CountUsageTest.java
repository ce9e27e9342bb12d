package io.millrace.flow.usage;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.DeadLetter;
import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.FlowRules;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.JoiningPeople;
import io.millrace.flow.testing.MapStore;
import io.millrace.flow.testing.TestRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

final class CountUsageTest {
  private static final String ANN = "ann@example.com";

  @Test
  void tellsTheFifthTimeInSevenDays() {
    try (EngagementFlow flow = new EngagementFlow(NOON.plus(Duration.ofDays(9)))) {
      for (int day : List.of(0, 1, 3, 5, 7, 8)) {
        use(flow, ANN, "day" + day, day);
      }

      List<TestRecord<String, UsageCount>> said = flow.read(Topics.USAGE_COUNTED);
      assertThat(said).extracting(TestRecord::key).containsOnly(ANN);
      assertThat(said)
          .extracting(TestRecord::timestamp)
          .containsOnly(NOON.plus(Duration.ofDays(9)).toEpochMilli());
      assertThat(said)
          .extracting(TestRecord::value)
          .extracting(UsageCount::getUsageId, UsageCount::getCount)
          .containsExactly(
              tuple("ann@example.com|weekly-use|site/day0", 1L),
              tuple("ann@example.com|weekly-use|site/day1", 2L),
              tuple("ann@example.com|weekly-use|site/day3", 3L),
              tuple("ann@example.com|weekly-use|site/day5", 4L),
              tuple("ann@example.com|weekly-use|site/day7", 5L),
              tuple("ann@example.com|weekly-use|site/day8", 5L));
    }
  }

  @Test
  void correctsTheCountsThatALateEventChanges() {
    try (EngagementFlow flow = new EngagementFlow(NOON.plus(Duration.ofDays(9)))) {
      use(flow, ANN, "a", 0);
      use(flow, ANN, "b", 4);
      use(flow, ANN, "c", 8);
      flow.values(Topics.USAGE_COUNTED);

      use(flow, ANN, "late", 3);
      use(flow, ANN, "late", 3);

      assertThat(flow.values(Topics.USAGE_COUNTED))
          .extracting(UsageCount::getEventId, UsageCount::getStatus, UsageCount::getCount)
          .containsExactly(
              tuple("site/late", "DETECTED", 2L),
              tuple("site/b", "CORRECTED", 3L),
              tuple("site/c", "CORRECTED", 3L));
    }
  }

  @Test
  void tellsTheShareOfOnboardingThatIsDone() {
    try (EngagementFlow flow = new EngagementFlow(NOON.plus(Duration.ofDays(9)))) {
      step(flow, "product.feature_used", 4);
      step(flow, "product.project_created", 1);
      step(flow, "product.invite_sent", 2);
      step(flow, "product.feature_used", 5);

      List<UsageCount> said = onboarding(flow);
      assertThat(said)
          .extracting(
              of -> of.getStep().orElseThrow(),
              UsageCount::getStatus,
              of -> of.getShare().orElseThrow())
          .containsExactly(
              tuple("feature-used", "DETECTED", 0.2),
              tuple("project-created", "DETECTED", 0.2),
              tuple("feature-used", "CORRECTED", 0.4),
              tuple("colleague-invited", "DETECTED", 0.4),
              tuple("feature-used", "CORRECTED", 0.6));
      assertThat(said.getLast().getStepsDone())
          .containsExactly("project-created", "colleague-invited", "feature-used");
      assertThat(said.getLast().getCount()).isEqualTo(3);
      assertThat(said.getLast().getSteps()).isEqualTo(5);
    }
  }

  @Test
  void keepsPeopleApartWhateverTheirNames() {
    try (EngagementFlow flow = new EngagementFlow(NOON.plus(Duration.ofDays(9)))) {
      List<String> people = List.of("a", "a@8", "a/1:a", "1:a", "ä", "a%", "a b");
      for (String person : people) {
        use(flow, person, "one " + person, 1);
        use(flow, person, "two " + person, 2);
      }

      assertThat(flow.values(Topics.USAGE_COUNTED))
          .hasSize(2 * people.size())
          .allMatch(said -> said.getCount() == (said.getEventId().startsWith("site/one") ? 1 : 2));
    }
  }

  @Test
  void setsAnEventAsideThatItFailsOn() {
    UsageRule broken =
        new UsageRule.Times("broken", "", "product-use", Duration.ofDays(-1), -5, Duration.ZERO);
    UsageRule sound = TestRules.real().usage().all().getFirst();
    FlowRules rules = TestRules.with(new UsageRules(List.of(broken, sound)));
    try (EngagementFlow flow = new EngagementFlow(NOON, rules, StoreKind.IN_MEMORY)) {
      flow.arrive(event(ANN, "one", "product.opened", NOON, Map.of()));
      flow.arrive(event(ANN, "two", "product.opened", NOON, Map.of()));

      List<DeadLetter> letters = flow.values(Topics.DEAD_LETTERS);
      assertThat(letters).extracting(DeadLetter::getReason).containsOnly("PROCESSING_FAILED");
      assertThat(letters.getFirst().getAttempts().getFirst().getStage()).isEqualTo("count-usage");
      assertThat(flow.values(Topics.USAGE_COUNTED)).as("the other rule goes on").hasSize(2);
    }
  }

  @Test
  void movesCountsWithAnIdentifier() {
    JoiningPeople<SpecificRecord> people = people();
    people.move("cookie", ANN);
    use(people, ANN, 1);
    use(people, "cookie", 2);
    use(people, ANN, 3);
    people.said();

    people.move("cookie", "bob");

    assertThat(said(people))
        .containsExactly(
            "RETRACTED ann@example.com|weekly-use|site/cookie2|cookie 2",
            "CORRECTED ann@example.com|weekly-use|site/ann@example.com3 2",
            "to bob");
    use(people, "bob", 4);
    said(people);
    people.deliver(0);
    assertThat(said(people))
        .containsExactly(
            "DETECTED bob|weekly-use|site/cookie2|cookie 1",
            "CORRECTED bob|weekly-use|site/bob4 2");
  }

  @Test
  void restoresTheStepsThatOthersDidLater() {
    JoiningPeople<SpecificRecord> people = people();
    people.move("cookie", ANN);
    step(people, "cookie", "project-created", 1);
    step(people, "cookie", "feature-used", 2);
    step(people, ANN, "project-created", 3);
    people.said();

    people.move("cookie", "bob");

    assertThat(said(people))
        .containsExactly(
            "RETRACTED ann@example.com|onboarding|feature-used 2",
            "CORRECTED ann@example.com|onboarding|project-created 1",
            "to bob");
    people.deliver(0);
    assertThat(said(people))
        .containsExactly(
            "DETECTED bob|onboarding|project-created 1", "DETECTED bob|onboarding|feature-used 2");
  }

  private static JoiningPeople<SpecificRecord> people() {
    FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
    return new JoiningPeople<>(
        new CountUsage(TestRules.real().usage(), metrics),
        new MapStore<UsageMemory>(CountUsage.MEMORY),
        NOON.plus(Duration.ofDays(9)));
  }

  private static void use(JoiningPeople<SpecificRecord> people, String identifier, int day) {
    step(people, identifier, "product-use", day);
  }

  private static void step(
      JoiningPeople<SpecificRecord> people, String identifier, String activity, int day) {
    Instant at = NOON.plus(Duration.ofDays(day));
    people.arrive(
        event(identifier, identifier + day, "product.opened", at, Map.of()), List.of(activity));
  }

  private static List<String> said(JoiningPeople<SpecificRecord> people) {
    return people.said().stream()
        .map(
            record ->
                record.value() instanceof UsageCount count
                    ? count.getStatus() + " " + count.getUsageId() + " " + count.getCount()
                    : "to " + record.key())
        .toList();
  }

  private static void use(EngagementFlow flow, String person, String id, int day) {
    flow.arrive(event(person, id, "product.opened", NOON.plus(Duration.ofDays(day)), Map.of()));
  }

  private static void step(EngagementFlow flow, String type, int day) {
    flow.arrive(event(ANN, type + day, type, NOON.plus(Duration.ofDays(day)), Map.of()));
  }

  private static List<UsageCount> onboarding(EngagementFlow flow) {
    return flow.values(Topics.USAGE_COUNTED).stream()
        .filter(said -> said.getUsage().equals("onboarding"))
        .toList();
  }
}

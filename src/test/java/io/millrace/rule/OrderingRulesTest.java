package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderingRulesTest {
  private static final String DEFAULTS =
      "defaults: {reorderWindow: PT2S, prerequisiteWait: PT0S, maxWaitingPerRecord: 10}\n";

  @TempDir private Path directory;

  @Test
  void rulesThatAreDeliveredLookForWhatIsMissingWhereRecordsAreCreated() {
    OrderingRules rules = OrderingRules.load(Path.of("topology", "rules"));

    for (String type : List.of("lead", "contact", "deal", "account", "subscription")) {
      OrderingRule rule = rules.of(type);
      assertThat(rule.prerequisiteWait()).isEqualTo(Duration.ofMinutes(5));
      assertThat(rule.expectsCreation()).isTrue();
      assertThat(rule.follows()).isNotEmpty();
    }
    assertThat(rules.of("subscription").prerequisites())
        .containsExactly(
            new EventPrerequisite(
                List.of("subscription.cancelled"), Map.of(), Set.of("plan", "quantity")));
    assertThat(rules.of("payment"))
        .isEqualTo(new OrderingRule(Duration.ofSeconds(2), Duration.ZERO, 10_000));
    assertThat(rules.maxWaiting()).isEqualTo(200_000);
  }

  @Test
  void recordTypeOverridesWhatItNames() throws IOException {
    OrderingRules rules = read(DEFAULTS + "records: {deal: {reorderWindow: PT30S}}");

    assertThat(rules.of("deal"))
        .isEqualTo(new OrderingRule(Duration.ofSeconds(30), Duration.ZERO, 10));
    assertThat(rules.maxWaiting()).as("as before there was one").isEqualTo(200_000);
  }

  @Test
  void readsEverythingThatCanBeSaid() throws IOException {
    OrderingRules rules =
        read(
            """
            defaults:
              {reorderWindow: PT2S, prerequisiteWait: PT0S, maxWaitingPerRecord: 10, maxWaiting: 99}
            records:
              payment:
                prerequisiteWait: PT1M
                maxWaitingPerRecord: 7
                creation: never
                sequence: contiguous
                follows: [status]
                prerequisites:
                  - {events: [payment.refunded], needs: {status: [paid, 2]}, unchanged: [currency]}
            """);

    assertThat(rules.maxWaiting()).isEqualTo(99);
    assertThat(rules.of("payment"))
        .isEqualTo(
            new OrderingRule(
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                7,
                false,
                Set.of("status"),
                true,
                List.of(
                    new EventPrerequisite(
                        List.of("payment.refunded"),
                        Map.of("status", Set.of("paid", "2")),
                        Set.of("currency")))));
  }

  @Test
  void findsEveryFaultAndSaysWhere() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    defaults: {reorderWindow: PT-1S, prerequisiteWait: 5 minutes, maxWaiting: 0}
                    records:
                      deal: {reorderwindow: PT1S}
                      payment: {follows: [status]}
                      lead:
                        prerequisiteWait: PT1M
                        creation: maybe
                        prerequisites:
                          - {events: [Lead Won], needs: {stage: open}}
                          - {events: [lead.won]}
                    """))
        .isInstanceOfSatisfying(
            InvalidRulesException.class,
            invalid ->
                assertThat(invalid.faults())
                    .anyMatch(fault -> fault.startsWith("ordering.yaml: defaults.reorderWindow:"))
                    .anyMatch(fault -> fault.contains("defaults.prerequisiteWait: must be a dur"))
                    .anyMatch(fault -> fault.contains("defaults.maxWaitingPerRecord: must be a"))
                    .anyMatch(fault -> fault.contains("defaults.maxWaiting: must be a whole"))
                    .anyMatch(fault -> fault.contains("records.deal.reorderwindow: is not known"))
                    .anyMatch(fault -> fault.contains("records.payment.follows: has no effect"))
                    .anyMatch(fault -> fault.contains("records.lead.creation: 'maybe' must be"))
                    .anyMatch(fault -> fault.contains("prerequisites[0].events: 'Lead Won' must"))
                    .anyMatch(fault -> fault.contains("prerequisites[0].needs.stage: must be a"))
                    .anyMatch(fault -> fault.contains("prerequisites[1].events: have no prereq"))
                    .hasSize(10));
  }

  @Test
  void saysThatTheFileIsMissing() {
    assertThatThrownBy(() -> OrderingRules.load(directory))
        .hasMessageContaining("ordering.yaml: cannot be read at " + directory.toAbsolutePath());
  }

  private OrderingRules read(String content) throws IOException {
    Files.writeString(directory.resolve("ordering.yaml"), content);
    return OrderingRules.load(directory);
  }
}

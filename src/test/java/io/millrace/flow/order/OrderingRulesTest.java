package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.yaml.InvalidFileException;
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
            InvalidFileException.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(fault -> fault.toString().replace(directory + "/", ""))
                    .containsExactly(
                        "ordering.yaml:1: reorderWindow: PT-1S cannot be used; write an ISO"
                            + " 8601 duration from PT0S to P3660D",
                        "ordering.yaml:1: prerequisiteWait: 5 minutes cannot be used; write an"
                            + " ISO 8601 duration from PT0S to P3660D",
                        "ordering.yaml:1: the key maxWaitingPerRecord is missing; add it, as"
                            + " in maxWaitingPerRecord: 10000",
                        "ordering.yaml:1: maxWaiting: 0 cannot be used; write a whole number"
                            + " from 1 to 100000000",
                        "ordering.yaml:3: the key reorderwindow is unknown; did you mean"
                            + " reorderWindow?",
                        "ordering.yaml:4: follows has no effect without a prerequisiteWait;"
                            + " add prerequisiteWait: PT5M, which says how long to wait",
                        "ordering.yaml:7: creation: maybe cannot be used; use one of expected,"
                            + " never",
                        "ordering.yaml:9: events: Lead Won is not an event type; write it as"
                            + " in page.viewed or page.*",
                        "ordering.yaml:10: the events have no prerequisite; add needs,"
                            + " unchanged or both"));
  }

  @Test
  void saysThatTheFileIsMissing() {
    assertThatThrownBy(() -> OrderingRules.load(directory))
        .hasMessageContaining(directory.resolve("ordering.yaml") + ": it cannot be read");
  }

  private OrderingRules read(String content) throws IOException {
    Files.writeString(directory.resolve("ordering.yaml"), content);
    return OrderingRules.load(directory);
  }
}

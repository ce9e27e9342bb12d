package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.order.EventPrerequisite;
import io.millrace.flow.order.OrderingRule;
import io.millrace.flow.order.OrderingRules;
import io.millrace.flow.order.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/ordering.md states about the rules that are delivered is what they say. */
class OrderingDocumentTest {
  private final OrderingRules rules = OrderingRules.load(Path.of("topology", "rules"));

  @Test
  void tableOfRecordsIsThatOfTheRules() throws IOException {
    List<String> rows =
        document()
            .lines()
            .dropWhile(line -> !line.startsWith("As delivered"))
            .skip(4)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    rules.records().entrySet().stream()
                        .map(rule -> row(rule.getKey(), rule.getValue())),
                    Stream.of(row("any other", rules.defaults())))
                .toList());
  }

  @Test
  void boundsAndPrerequisitesAreNamed() throws IOException {
    assertThat(document())
        .contains("`maxWaitingPerRecord` (" + rules.defaults().maxWaitingPerRecord() + ")")
        .contains("`maxWaiting` (" + rules.maxWaiting() + ")")
        .contains(
            Stream.of(Prerequisite.values())
                .map(value -> "| `" + value.name().toLowerCase(Locale.ROOT) + "` |")
                .toList());
  }

  private static String row(String type, OrderingRule rule) {
    String unchanged =
        rule.prerequisites().stream()
            .map(OrderingDocumentTest::inWords)
            .collect(Collectors.joining("; "));
    return String.join(
            " | ",
            "| " + type,
            rule.reorderWindow().toString(),
            rule.prerequisiteWait() + (rule.expectsCreation() ? ", creation too" : ""),
            sorted(rule.follows()),
            unchanged + " |")
        .replace("  ", " ");
  }

  private static String inWords(EventPrerequisite prerequisite) {
    return String.join(", ", prerequisite.events()) + ": " + sorted(prerequisite.unchanged());
  }

  private static String sorted(Collection<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("docs", "ordering.md"));
  }
}

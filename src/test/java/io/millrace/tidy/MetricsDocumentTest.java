package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.ProcessMeters;
import io.millrace.edge.EdgeMeters;
import io.millrace.event.FieldProblem;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.StageChange;
import io.millrace.flow.order.Prerequisite;
import io.millrace.flow.step.FlowMeters;
import io.millrace.kafka.streams.StoreMetrics;
import io.millrace.model.Reason;
import io.millrace.spool.SpoolMeters;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics lists exactly what the code registers. */
class MetricsDocumentTest {
  private static final Pattern METRIC = Pattern.compile("\\bmillrace_\\w+");

  private static final String INTRODUCTION =
      """
      # Metrics

      A test generates this page from the metrics that the code registers. Do not edit it.

      The console serves all metrics in the Prometheus text format at `/metrics` (port 8090, [configuration.md](configuration.md)).
      Counters start at 0 in each process; a counter with labels appears when it first counts. Label values are configured names or come
      from fixed sets of words, so no sender can increase the number of series. Alert rules are in `topology/alerts*.yaml`;
      [capacity.md](capacity.md) explains how to size a process by the metrics of its state stores.

      In addition, Micrometer collects metrics of the process (`jvm_*`, `process_*`, `system_*`), and every Kafka client and Kafka Streams
      report their own (`kafka_*`), which the Kafka documentation describes.
      """;

  /** By the beginning of their names, the longest first. */
  private static final Map<String, String> SECTIONS =
      new TreeMap<>(
          Map.of(
              "millrace_edge_spool", "Spool",
              "millrace_edge_sources", "Connected sources",
              "millrace_stream_sources", "Connected sources",
              "millrace_edge", "Edge",
              "millrace_verification", "Edge",
              "millrace_deliver", "Edge",
              "millrace_stores", "State stores",
              "millrace_completeness", "Completeness",
              "millrace_deliveries_waiting", "Flow"));

  @TempDir private static Path folder;
  private static final RegisteredMeters REGISTERED = new RegisteredMeters();

  @BeforeAll
  static void register() throws Exception {
    EdgeMeters.register(REGISTERED::registry, folder);
    SpoolMeters.register(REGISTERED.registry(), folder.resolve("spool"));
    FlowMeters.register(REGISTERED.registry());
    new StoreMetrics().bindTo(REGISTERED.registry());
    ProcessMeters.register(REGISTERED.registry(), folder.resolve("sources"));
  }

  @Test
  void listsEveryMetric() {
    MetricsPage page = REGISTERED.page();
    StringBuilder document = new StringBuilder(INTRODUCTION);
    for (String section :
        List.of("Edge", "Spool", "Connected sources", "Flow", "State stores", "Completeness")) {
      document.append("%n## %s%n%n".formatted(section));
      document.append(
          "| metric | type | unit | labels | meaning |%n|---|---|---|---|---|%n".formatted());
      page.metrics().values().stream()
          .filter(metric -> section(metric.name()).equals(section))
          .forEach(metric -> document.append(metric.row()));
    }
    document.append("%n## Labels%n%n| label | value |%n|---|---|%n".formatted());
    labels().forEach((label, holds) -> document.append("| `%s` | %s |%n".formatted(label, holds)));

    assertThat(page.metrics().values())
        .hasSizeGreaterThan(40)
        .allSatisfy(metric -> assertThat(metric.meaning()).as(metric.name()).isNotBlank());
    assertThat(labels().keySet()).containsExactlyElementsOf(page.labels());
    Golden.check("docs/metrics.md", document.toString());
  }

  @Test
  void registersEveryMeterOfTheCode() {
    assertThat(REGISTERED.missed())
        .as("add what makes them to EdgeMeters, SpoolMeters, FlowMeters or ProcessMeters")
        // Its meters are those that its constructor registers.
        .isSubsetOf("io.millrace.app.SourceWatch.take");
  }

  @Test
  void seesWhatNobodyRegistered() {
    assertThat(new RegisteredMeters().missed())
        .contains(
            "io.millrace.flow.step.FlowMetrics.counter",
            "io.millrace.kafka.streams.StoreMetrics.gauge");
  }

  @Test
  void alertsAskForMetricsOnThePage() {
    MetricsPage page = REGISTERED.page();
    List<String> asked =
        Checkout.filesIn("topology").stream()
            .filter(path -> path.getFileName().toString().matches("alerts.*\\.yaml"))
            .flatMap(path -> METRIC.matcher(Checkout.read(path)).results())
            .map(match -> match.group())
            .distinct()
            .toList();

    assertThat(asked).isNotEmpty().allMatch(page::has);
  }

  private static String section(String name) {
    return SECTIONS.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse("Flow");
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    labels.put("bound", "The limit in `topology/rules/ordering.yaml` that was reached.");
    labels.put("field", "A canonical field that `topology/rules/fields.yaml` declares.");
    labels.put("lifecycle", doc(StageChange.getClassSchema(), "lifecycle"));
    labels.put("outcome", "The outcome; the tables above list the values.");
    labels.put("partition", "The number of the partition, starting at 0.");
    labels.put("policy", doc(FieldProblem.getClassSchema(), "policy"));
    labels.put("prerequisite", words(Prerequisite.values(), each -> true).toLowerCase(Locale.ROOT));
    labels.put("provider", "An entry of the [catalogue](catalogue.md), or `unknown`.");
    labels.put(
        "reason",
        "At the edge, `OK` or the reason why a request was refused: %s. In the flow, the reason for a dead letter: %s."
            .formatted(
                words(Reason.values(), reason -> reason.httpStatus() > 0),
                words(Reason.values(), reason -> reason.httpStatus() == 0)));
    labels.put("result", "Whether it was accepted or succeeded; the tables above list the values.");
    labels.put(
        "secret", "The reference to a secret, never the secret itself: `env:NAME` or `file:NAME`.");
    labels.put("source", "The name of a connected source, or `unknown`.");
    labels.put("state", doc(IdentityAssignment.getClassSchema(), "state"));
    labels.put("status", doc(StageChange.getClassSchema(), "status"));
    labels.put("step", "A step of the flow: " + steps() + ".");
    labels.put("topic", "A topic of `topology/topics.yaml` ([topics.md](topics.md)).");
    labels.put("type", "The canonical event type: the first 100 of each source, then `other`.");
    labels.put("what", "The name of a rule under `nothing:` in a catalogue entry, such as `ping`.");
    labels.put("verdict", doc(StageChange.getClassSchema(), "verdict"));
    return labels;
  }

  private static <E extends Enum<E>> String words(E[] all, Predicate<E> which) {
    return Arrays.stream(all)
        .filter(which)
        .map(each -> "`%s`".formatted(each.name()))
        .collect(Collectors.joining(", "));
  }

  private static String steps() {
    return Pattern.compile("Processor: (\\S+)")
        .matcher(Checkout.read("topology/topology.txt"))
        .results()
        .map(step -> "`%s`".formatted(step.group(1)))
        .collect(Collectors.joining(", "));
  }

  private static String doc(Schema schema, String field) {
    return schema.getField(field).doc();
  }
}

package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.app.ProcessMeters;
import io.millrace.flow.step.FlowMeters;
import io.millrace.kafka.streams.StoreMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts are about metrics that exist, and say what happened and what to do. */
final class AlertsTest {
  private static final String FILE = "topology/alerts.yaml";
  private static final Pattern METRIC = Pattern.compile("millrace_\\w+");

  @TempDir private Path folder;

  @Test
  void askForMetricsThatAreExposed() throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new StoreMetrics().bindTo(registry);
    ProcessMeters.register(registry, folder);
    FlowMeters.register(registry);
    List<String> exposed =
        registry
            .scrape()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[ {]", 2)[0])
            .toList();

    List<String> asked = new ArrayList<>();
    for (JsonNode rule : rules()) {
      Matcher metric = METRIC.matcher(rule.path("expr").asText());
      while (metric.find()) {
        asked.add(metric.group());
      }
    }

    assertThat(asked).isNotEmpty().allSatisfy(name -> assertThat(exposed).contains(name));
  }

  @Test
  void capacityPageNamesEveryMetricOfTheStores() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new StoreMetrics().bindTo(registry);
    String page = Checkout.read("docs/capacity.md");

    assertThat(registry.scrape().lines().filter(line -> !line.startsWith("#")))
        .allSatisfy(line -> assertThat(page).contains(line.substring(0, line.indexOf(' '))));
  }

  @Test
  void sayWhatHappenedAndHowUrgentItIs() throws IOException {
    assertThat(rules())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(rule.path("alert").asText()).startsWith("Millrace");
              assertThat(rule.path("labels").path("severity").asText()).isIn("page", "ticket");
              assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
              assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
            });
  }

  private static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    JsonNode file = new YAMLMapper().readTree(Checkout.read(FILE));
    for (JsonNode group : file.path("groups")) {
      group.path("rules").forEach(rules::add);
    }
    return rules;
  }
}

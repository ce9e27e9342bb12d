package io.millrace.tidy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The metrics of a scrape in the Prometheus text format.
 *
 * @param metrics by name, as the scrape declares them
 */
record MetricsPage(Map<String, Metric> metrics) {
  private static final Pattern DECLARED = Pattern.compile("# (HELP|TYPE) (\\S+) ?(.*)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern PART = Pattern.compile("_(bucket|count|sum)$");
  private static final Set<String> OF_BUCKETS = Set.of("le", "quantile");

  /** Labels with a small fixed set of values, all of which occur in a scrape. */
  private static final Set<String> CLOSED = Set.of("result", "outcome", "bound");

  /**
   * @param labels each label with its values in the scrape
   */
  record Metric(String name, String type, String meaning, Map<String, Set<String>> labels) {

    private void see(String sample) {
      Matcher label = LABEL.matcher(sample);
      while (label.find()) {
        if (!OF_BUCKETS.contains(label.group(1))) {
          labels.computeIfAbsent(label.group(1), unseen -> new TreeSet<>()).add(label.group(2));
        }
      }
    }

    String row() {
      return "| `%s` | %s | %s | %s | %s |%n".formatted(name, type, unit(), labelTexts(), text());
    }

    private String unit() {
      String base = name.replaceFirst("_(total|max)$", "");
      return base.endsWith("_seconds") ? "seconds" : base.endsWith("_bytes") ? "bytes" : "number";
    }

    private String labelTexts() {
      return labels.entrySet().stream()
          .map(
              label ->
                  "`%s`".formatted(label.getKey())
                      + (CLOSED.contains(label.getKey())
                          ? label.getValue().stream()
                              .map("`%s`"::formatted)
                              .collect(Collectors.joining(", ", " (", ")"))
                          : ""))
          .collect(Collectors.joining(", "));
    }

    private String text() {
      return name.endsWith("_max") ? "Maximum of the last minutes: " + meaning : meaning;
    }
  }

  static MetricsPage of(String scrape) {
    Map<String, Metric> metrics = new TreeMap<>();
    Map<String, String> meanings = new TreeMap<>();
    for (String line : scrape.lines().toList()) {
      Matcher declared = DECLARED.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (declared.matches() && declared.group(1).equals("HELP")) {
        meanings.put(declared.group(2), declared.group(3));
      } else if (declared.matches()) {
        String name = declared.group(2);
        String meaning = meanings.getOrDefault(name, "");
        metrics.putIfAbsent(name, new Metric(name, declared.group(3), meaning, new TreeMap<>()));
      } else if (sample.matches()) {
        String series = sample.group(1);
        String name = metrics.containsKey(series) ? series : PART.matcher(series).replaceFirst("");
        Objects.requireNonNull(metrics.get(name), line)
            .see(Objects.requireNonNullElse(sample.group(2), ""));
      }
    }
    return new MetricsPage(metrics);
  }

  /** The labels of all metrics. */
  Set<String> labels() {
    return metrics.values().stream()
        .flatMap(metric -> metric.labels().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a metric has a series of this name. */
  boolean has(String series) {
    return metrics.containsKey(series)
        || metrics.containsKey(PART.matcher(series).replaceFirst(""));
  }
}

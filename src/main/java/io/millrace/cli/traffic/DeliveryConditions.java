package io.millrace.cli.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that select deliveries. */
final class DeliveryConditions {
  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Only those to this source; - for sources that are not connected.")
  private Optional<String> source = Optional.empty();

  @Option(names = "--refused", description = "Only those that were refused.")
  private boolean refused;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those refused for this reason, such as BAD_SIGNATURE.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those after a time (2026-01-01T00:00:00Z), or within the last PT10M.")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only those with this text in URL, headers or body, ignoring case.")
  private Optional<String> text = Optional.empty();

  /** As parameters of the operator API. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    source.ifPresent(it -> parameters.put("source", it));
    if (refused) {
      parameters.put("outcome", "refused");
    }
    reason.ifPresent(it -> parameters.put("reason", it));
    since.ifPresent(it -> parameters.put("since", it));
    text.ifPresent(it -> parameters.put("text", it));
    return parameters;
  }
}

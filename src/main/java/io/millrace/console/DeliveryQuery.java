package io.millrace.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.millrace.edge.inspect.InspectedDelivery;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query for deliveries.
 *
 * @param text text to find in the URL, a header or the body, ignoring case
 * @param before the id after which to continue, towards older deliveries
 * @param limit the maximum number, 1 to 500
 */
record DeliveryQuery(
    Optional<String> source,
    Optional<InspectedDelivery.Result> outcome,
    Optional<String> reason,
    Optional<Instant> since,
    Optional<String> text,
    Optional<String> before,
    int limit) {
  private static final int MAX_LIMIT = 500;
  private static final int DEFAULT_LIMIT = 50;
  private static final Set<String> PARAMETERS =
      new TreeSet<>(List.of("source", "outcome", "reason", "since", "text", "before", "limit"));

  /**
   * Reads the parameters of a request.
   *
   * @param now the time from which a duration in {@code since} is counted back
   * @throws ApiProblem naming the invalid parameter
   */
  static DeliveryQuery of(Context context, Instant now) {
    for (String name : context.queryParamMap().keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw ApiProblem.badParameter("name", name, "one of " + String.join(", ", PARAMETERS));
      }
    }
    return new DeliveryQuery(
        parameter(context, "source"),
        parameter(context, "outcome").map(DeliveryQuery::outcome),
        parameter(context, "reason"),
        parameter(context, "since").map(it -> since(it, now)),
        parameter(context, "text").map(it -> it.toLowerCase(Locale.ROOT)),
        parameter(context, "before"),
        parameter(context, "limit").map(DeliveryQuery::limit).orElse(DEFAULT_LIMIT));
  }

  private static Optional<String> parameter(Context context, String name) {
    List<String> given = context.queryParams(name);
    if (given.size() > 1) {
      throw ApiProblem.badParameter(name, String.join(",", given), "given once");
    }
    return given.stream().findFirst().filter(it -> !it.isEmpty());
  }

  private static InspectedDelivery.Result outcome(String text) {
    return InspectedDelivery.Result.labelled(text)
        .orElseThrow(
            () ->
                ApiProblem.badParameter(
                    "outcome",
                    text,
                    Stream.of(InspectedDelivery.Result.values())
                        .map(InspectedDelivery.Result::label)
                        .collect(Collectors.joining(", ", "one of ", ""))));
  }

  private static Instant since(String text, Instant now) {
    try {
      return text.startsWith("P") ? now.minus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw ApiProblem.badParameter(
          "since", text, "a time such as 2026-01-01T00:00:00Z, or a duration such as PT10M");
    }
  }

  private static int limit(String text) {
    if (!text.matches("\\d{1,4}") || text.equals("0") || Integer.parseInt(text) > MAX_LIMIT) {
      throw ApiProblem.badParameter("limit", text, "a number from 1 to " + MAX_LIMIT);
    }
    return Integer.parseInt(text);
  }

  /** Cheap conditions come first: searching the content requires masking it. */
  boolean matches(InspectedDelivery delivery) {
    InspectedDelivery.Summary summary = delivery.summary();
    return source.map(summary.source()::equals).orElse(true)
        && outcome.map(summary.result()::equals).orElse(true)
        && reason.map(it -> summary.verdict().reason().filter(it::equals).isPresent()).orElse(true)
        && since.map(it -> !summary.receivedAt().isBefore(it)).orElse(true)
        && text.map(it -> mayHold(delivery, it) && holds(delivery.content().get(), it))
            .orElse(true);
  }

  /** Searches the unmasked content first; only the mask itself is in no content. */
  private static boolean mayHold(InspectedDelivery delivery, String text) {
    return text.contains("*") || delivery.mayContain().test(text);
  }

  private static boolean holds(InspectedDelivery.Content content, String text) {
    return lower(content.url()).contains(text)
        || content.headers().entrySet().stream().anyMatch(header -> holds(header, text))
        || lower(new String(content.body(), UTF_8)).contains(text);
  }

  private static boolean holds(Map.Entry<String, List<String>> header, String text) {
    return header.getValue().stream()
        .anyMatch(value -> lower(header.getKey() + ": " + value).contains(text));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

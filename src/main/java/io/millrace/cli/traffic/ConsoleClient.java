package io.millrace.cli.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.CommandException;
import io.millrace.cli.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A client of a running edge's operator API. */
public final class ConsoleClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 500;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI console;
  private final Optional<String> token;
  private final CommandSpec command;

  /**
   * @param command is told when the console takes its time
   */
  ConsoleClient(URI console, Optional<String> token, CommandSpec command) {
    this.console = console;
    this.token = token;
    this.command = command;
  }

  /**
   * The latest matching deliveries, newest first, without their content.
   *
   * @param conditions parameters of the API
   * @param most the maximum number
   */
  List<JsonNode> deliveries(Map<String, String> conditions, int most) {
    List<JsonNode> found = new ArrayList<>();
    Map<String, String> parameters = new LinkedHashMap<>(conditions);
    boolean more = true;
    while (more && found.size() < most) {
      parameters.put("limit", Integer.toString(Math.min(PAGE, most - found.size())));
      JsonNode page = get("/api/deliveries", parameters);
      page.path("deliveries").forEach(found::add);
      more = page.path("next").isTextual();
      parameters.put("before", page.path("next").asText());
    }
    return found;
  }

  /** One delivery with its content, or nothing if it is no longer kept. */
  Optional<JsonNode> delivery(String id) {
    HttpResponse<String> answer = ask("/api/deliveries/" + encoded(id));
    return answer.statusCode() == 404 && !isElsewhere(answer)
        ? Optional.empty()
        : Optional.of(json(answer));
  }

  /** A process without an edge answers 404 too. */
  private static boolean isElsewhere(HttpResponse<String> answer) {
    return answer.body().contains("has no edge");
  }

  /** A connected source, if there is one of that name. */
  public Optional<JsonNode> source(String name) {
    for (JsonNode source : get("/api/sources", Map.of()).path("sources")) {
      if (source.path("source").asText().equals(name)) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  private JsonNode get(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return json(ask(path + "?" + query));
  }

  private HttpResponse<String> ask(String path) {
    return Waiting.on(command, "Waiting for the console at " + console, () -> answerTo(path));
  }

  private HttpResponse<String> answerTo(String path) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(console.resolve(path)).timeout(Duration.ofSeconds(30));
      token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | IllegalArgumentException failure) {
      throw CommandException.unreachable(
          "No console answers at %s (%s): check that the edge is running, and --console"
              .formatted(console, failure));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("Interrupted while waiting for the console at " + console);
    }
  }

  private JsonNode json(HttpResponse<String> answer) {
    JsonNode json;
    try {
      json = JSON.readTree(answer.body());
    } catch (JsonProcessingException notOurs) {
      throw CommandException.unreachable(
          "The server at %s is not a Millrace console; check --console".formatted(console));
    }
    if (answer.statusCode() == 200) {
      return json;
    }
    String detail = json.path("detail").asText("it answered " + answer.statusCode());
    String message = "The console at %s reports: %s".formatted(console, detail);
    throw answer.statusCode() == 400
        ? CommandException.usage(message)
        : CommandException.unreachable(message);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}

package io.millrace.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A result as one line of JSON, and back. */
public final class ResultJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultJson() {}

  /** One line, without the line break. */
  public static String line(BenchResult result) {
    ObjectNode line = JSON.createObjectNode();
    line.put("bench", result.bench()).put("at", result.at().toString());
    ObjectNode setting = line.putObject("setting");
    result.setting().forEach(setting::put);
    ArrayNode figures = line.putArray("figures");
    result.figures().forEach(figure -> figures.add(node(figure)));
    result.notes().forEach(line.putArray("notes")::add);
    result.wrong().forEach(line.putArray("wrong")::add);
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Texts and numbers could not be written", impossible);
    }
  }

  private static ObjectNode node(Figure figure) {
    ObjectNode node = JSON.createObjectNode();
    node.put("subject", figure.subject()).put("name", figure.name());
    node.put("value", figure.value());
    figure
        .reference()
        .ifPresent(it -> node.put("reference", it.subject()).put("referenceValue", it.value()));
    figure.ratio().ifPresent(ratio -> node.put("ratio", ratio));
    figure
        .limit()
        .ifPresent(
            limit -> {
              node.put("limit", limit.value());
              node.put("limitIs", limit.isMost() ? "most" : "least");
              node.put("limitOf", limit.ofRatio() ? "ratio" : "value");
            });
    figure.isWithinLimit().ifPresent(within -> node.put("withinLimit", within));
    return node;
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @throws IllegalArgumentException when the line has another format
   */
  public static BenchResult read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      Map<String, String> setting = new LinkedHashMap<>();
      node.required("setting")
          .properties()
          .forEach(entry -> setting.put(entry.getKey(), entry.getValue().asText()));
      List<Figure> figures = new ArrayList<>();
      node.required("figures").forEach(figure -> figures.add(figure(figure)));
      return new BenchResult(
          node.required("bench").asText(),
          Instant.parse(node.required("at").asText()),
          setting,
          figures,
          texts(node.required("notes")),
          texts(node.required("wrong")));
    } catch (JsonProcessingException invalid) {
      throw new IllegalArgumentException("This is not a result in JSON: " + line, invalid);
    }
  }

  private static Figure figure(JsonNode node) {
    Optional<Figure.Limit> limit =
        Optional.ofNullable(node.get("limit"))
            .map(
                value ->
                    new Figure.Limit(
                        value.asDouble(),
                        node.required("limitIs").asText().equals("most"),
                        node.required("limitOf").asText().equals("ratio")));
    Optional<Figure.Reference> reference =
        Optional.ofNullable(node.get("reference"))
            .map(
                subject ->
                    new Figure.Reference(
                        subject.asText(), node.required("referenceValue").asDouble()));
    return new Figure(
        node.required("subject").asText(),
        node.required("name").asText(),
        node.required("value").asDouble(),
        limit,
        reference);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}

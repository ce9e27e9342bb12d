package io.millrace.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.drawing.Svg.Box;
import io.millrace.flow.testing.ReviewedFlow;
import io.millrace.tidy.Checkout;
import io.millrace.tidy.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The drawings of the flow are made from its topology. */
class FlowDrawingTest {
  private static final List<FlowGraph> ROLES =
      ReviewedFlow.roles().entrySet().stream()
          .map(role -> FlowGraph.of(role.getKey(), role.getValue()))
          .toList();

  @Test
  void showsEachRoleInFull() throws JsonProcessingException {
    Map<String, String> readers = readers();
    for (FlowGraph role : ROLES) {
      Svg svg = new RoleDrawing(role, readers).draw();

      assertNothingHidden(svg);
      Golden.check(
          "docs/images/flow-%s.svg".formatted(role.role()),
          svg.document("The role %s of the flow, step by step".formatted(role.role())));
    }
  }

  @Test
  void showsAllOfItOnOnePage() throws JsonProcessingException {
    Svg svg = new FlowDrawing(ROLES, toWarehouse()).draw();

    assertNothingHidden(svg);
    Golden.check(
        "docs/images/flow.svg",
        svg.document("Millrace: from a webhook through the edge and the flow to the warehouse"));
  }

  /** No box lies on another one unless it is in it, and each is as wide as its name. */
  static void assertNothingHidden(Svg svg) {
    List<Box> boxes = svg.boxes();
    for (Box box : boxes) {
      assertThat(Svg.widthOf(box.name())).as(box.name()).isLessThanOrEqualTo(box.width() - 8);
      assertThat(box.right()).as(box.name()).isLessThan(Svg.WIDTH);
      assertThat(boxes)
          .filteredOn(other -> !other.equals(box) && !box.contains(other) && !other.contains(box))
          .noneMatch(box::overlaps);
    }
  }

  private static Set<String> toWarehouse() throws JsonProcessingException {
    Set<String> topics = new TreeSet<>();
    for (Path connector : Checkout.filesIn("topology/connectors")) {
      String names = new ObjectMapper().readTree(Checkout.read(connector)).path("topics").asText();
      topics.addAll(List.of(names.split(",")));
    }
    return topics;
  }

  private static Map<String, String> readers() throws JsonProcessingException {
    Map<String, String> readers = new TreeMap<>();
    JsonNode topics =
        new YAMLMapper().readTree(Checkout.read("topology/topics.yaml")).path("topics");
    for (Map.Entry<String, JsonNode> topic : topics.properties()) {
      List<String> names = new ArrayList<>();
      topic.getValue().path("readers").forEach(reader -> names.add(reader.asText()));
      readers.put(topic.getKey(), String.join(", ", names));
    }
    return readers;
  }
}

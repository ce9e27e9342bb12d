package io.millrace.drawing;

import io.millrace.drawing.FlowGraph.Step;
import io.millrace.drawing.Svg.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** One role in full: its steps from top to bottom, what each reads, keeps and writes. */
final class RoleDrawing {
  private static final int STEP_LEFT = 96;
  private static final int STEP_WIDTH = 300;
  private static final int STEP_HEIGHT = 34;
  private static final int TOPIC_LEFT = 448;
  private static final int TOPIC_WIDTH = 184;
  private static final int TOPIC_HEIGHT = 26;
  private static final int STORE_HEIGHT = 28;
  private static final int STORE_WIDTH = 212;
  private static final int GAP = 6;
  private static final int BETWEEN = 22;
  private static final int LANE = 14;

  /** Where each step ended up. */
  private final Map<String, Box> placed = new LinkedHashMap<>();

  private final Svg svg = new Svg();
  private final FlowGraph graph;
  private final Map<String, String> readers;
  private final Set<String> everywhere;

  /**
   * @param readers who reads a topic, in words
   */
  RoleDrawing(FlowGraph graph, Map<String, String> readers) {
    this.graph = graph;
    this.readers = readers;
    this.everywhere = graph.writtenByMost();
  }

  Svg draw() {
    place();
    int bottom = placed.values().stream().mapToInt(Box::bottom).max().orElseThrow();
    bottom = Math.max(bottom, lastRowBottom());
    svg.panel(
        "millrace stream --roles " + graph.role(),
        new Box("", 16, 16, Svg.WIDTH - 32, bottom + (everywhere.isEmpty() ? 22 : 38) - 16));
    svg.text(TOPIC_LEFT + 10, 48, "small", "topics it writes");
    svg.text(TOPIC_LEFT + TOPIC_WIDTH + 10, 48, "small", "and who reads them");
    drawLanes();
    graph.steps().forEach(this::drawStep);
    everywhere.forEach(this::explain);
    return svg;
  }

  private void place() {
    int top = 60;
    for (Step step : graph.steps()) {
      top += step.reads().size() * (TOPIC_HEIGHT + BETWEEN);
      Box box = new Box(step.name(), STEP_LEFT, top, STEP_WIDTH, stepHeight(step));
      placed.put(step.name(), box);
      top += Math.max(box.height(), topicsHeight(step)) + BETWEEN;
    }
  }

  private int lastRowBottom() {
    Step last = graph.steps().getLast();
    return at(last).top() + topicsHeight(last);
  }

  private static int stepHeight(Step step) {
    return STEP_HEIGHT + step.stores().size() * (STORE_HEIGHT + GAP);
  }

  private int topicsHeight(Step step) {
    return Math.max(0, shown(step).size() * (TOPIC_HEIGHT + GAP) - GAP);
  }

  private List<String> shown(Step step) {
    return step.writes().stream().filter(topic -> !everywhere.contains(topic)).toList();
  }

  private Box at(Step step) {
    return Objects.requireNonNull(placed.get(step.name()));
  }

  private void drawStep(Step step) {
    Box box = at(step);
    int top = box.top() - step.reads().size() * (TOPIC_HEIGHT + BETWEEN);
    for (String topic : step.reads()) {
      Box chip = new Box(topic, STEP_LEFT, top, TOPIC_WIDTH, TOPIC_HEIGHT);
      svg.topic(chip);
      svg.arrow("flow", chip.middle(), chip.bottom(), chip.middle(), chip.bottom() + BETWEEN);
      top += TOPIC_HEIGHT + BETWEEN;
    }
    svg.step(box);
    int below = box.top() + STEP_HEIGHT;
    for (String store : step.stores()) {
      svg.store(new Box(store, STEP_LEFT + 12, below, STORE_WIDTH, STORE_HEIGHT));
      below += STORE_HEIGHT + GAP;
    }
    if (step.writes().stream().anyMatch(everywhere::contains)) {
      svg.dot(box.right() - 14, box.top() + 17);
    }
    drawTopics(step, box);
  }

  private void drawTopics(Step step, Box box) {
    int exit = box.top() + 17;
    int fork = box.right() + (TOPIC_LEFT - box.right()) / 2;
    int top = box.top() + 4;
    for (String topic : shown(step)) {
      Box chip = new Box(topic, TOPIC_LEFT, top, TOPIC_WIDTH, TOPIC_HEIGHT);
      int middle = chip.top() + TOPIC_HEIGHT / 2;
      svg.arrow("flow", box.right(), exit, fork, exit, fork, middle, chip.left(), middle);
      top += TOPIC_HEIGHT + GAP;
    }
    top = box.top() + 4;
    for (String topic : shown(step)) {
      svg.topic(new Box(topic, TOPIC_LEFT, top, TOPIC_WIDTH, TOPIC_HEIGHT));
      svg.text(TOPIC_LEFT + TOPIC_WIDTH + 10, top + 17, "small", readers.getOrDefault(topic, ""));
      top += TOPIC_HEIGHT + GAP;
    }
  }

  private void explain(String topic) {
    int y = Math.max(lastRowBottom(), at(graph.steps().getLast()).bottom()) + 22;
    svg.dot(STEP_LEFT + 4, y - 4);
    svg.text(STEP_LEFT + 16, y, "small", "also writes to " + topic);
  }

  /** Steps with the same parents share one line beside the boxes, unless they are neighbours. */
  private void drawLanes() {
    Map<String, List<Step>> families = new TreeMap<>();
    for (Step step : graph.steps()) {
      if (!step.parents().isEmpty()) {
        families
            .computeIfAbsent(String.join(" ", step.parents()), unseen -> new ArrayList<>())
            .add(step);
      }
    }
    List<Lane> lanes = new ArrayList<>();
    for (List<Step> children : families.values()) {
      List<Step> parents =
          graph.steps().stream()
              .filter(step -> children.getFirst().parents().contains(step.name()))
              .toList();
      if (isNeighbour(parents, children)) {
        Box above = at(parents.getFirst());
        Box below = at(children.getFirst());
        svg.arrow("line", above.middle(), above.bottom(), below.middle(), below.top());
      } else {
        lanes.add(new Lane(parents, children, free(parents, children, lanes)));
      }
    }
    lanes.forEach(this::drawTrunk);
    lanes.forEach(this::drawBranches);
  }

  private boolean isNeighbour(List<Step> parents, List<Step> children) {
    Step child = children.getFirst();
    return parents.size() == 1
        && children.size() == 1
        && child.reads().isEmpty()
        && graph.steps().indexOf(child) == graph.steps().indexOf(parents.getFirst()) + 1;
  }

  private int free(List<Step> parents, List<Step> children, List<Lane> taken) {
    int number = 0;
    Lane lane = new Lane(parents, children, number);
    while (overlapsAny(lane, taken)) {
      number++;
      lane = new Lane(parents, children, number);
    }
    return number;
  }

  private boolean overlapsAny(Lane lane, List<Lane> taken) {
    return taken.stream()
        .anyMatch(
            other ->
                other.number() == lane.number()
                    && top(lane) <= bottom(other)
                    && top(other) <= bottom(lane));
  }

  private int top(Lane lane) {
    return at(lane.parents().getFirst()).bottom() - 8;
  }

  private int bottom(Lane lane) {
    return at(lane.children().getLast()).top() + 10;
  }

  private void drawTrunk(Lane lane) {
    int x = STEP_LEFT - LANE - LANE * (lane.number() + 1);
    svg.line("line", x, top(lane), x, bottom(lane));
  }

  private void drawBranches(Lane lane) {
    int x = STEP_LEFT - LANE - LANE * (lane.number() + 1);
    for (Step parent : lane.parents()) {
      int y = at(parent).bottom() - 8;
      svg.line("halo", STEP_LEFT, y, x + 2, y);
      svg.line("line", STEP_LEFT, y, x, y);
    }
    for (Step child : lane.children()) {
      int y = at(child).top() + 10;
      svg.line("halo", x + 2, y, STEP_LEFT - 8, y);
      svg.line("line", x, y, STEP_LEFT - 2, y);
      svg.head(STEP_LEFT, y);
    }
  }

  /** The line from all parents to all children, and which one from the boxes it is. */
  private record Lane(List<Step> parents, List<Step> children, int number) {}
}

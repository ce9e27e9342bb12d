package io.millrace.drawing;

import io.millrace.drawing.FlowGraph.Step;
import io.millrace.drawing.Svg.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All of Millrace on one page: the edge, the roles with their steps and topics, the warehouse. */
final class FlowDrawing {
  private static final int MARGIN = 16;
  private static final int CHIP = 26;
  private static final int GAP = 6;
  private static final int PADDING = 14;
  private static final int BETWEEN = 34;

  /** Beside the lower roles, for the way of the upper ones to the warehouse. */
  private static final int ASIDE = 40;

  private final Svg svg = new Svg();
  private final FlowGraph normalize;
  private final FlowGraph records;
  private final FlowGraph engagement;
  private final FlowGraph identity;
  private final FlowGraph accounts;
  private final Set<String> toWarehouse;

  /**
   * @param roles in the order of the flow
   * @param toWarehouse topics that a connector writes to tables
   */
  FlowDrawing(List<FlowGraph> roles, Set<String> toWarehouse) {
    this.normalize = roles.get(0);
    this.records = roles.get(1);
    this.engagement = roles.get(2);
    this.identity = roles.get(3);
    this.accounts = roles.get(4);
    this.toWarehouse = toWarehouse;
  }

  Svg draw() {
    Contents own = contents(normalize, 300, Set.of("dead-letters"));
    Box stream = new Box("", 564, MARGIN, 300, own.height());
    role(normalize, own, stream);
    Box edge = new Box("edge", MARGIN, MARGIN, 270, own.height());
    svg.panel("edge", edge);
    svg.text(edge.left() + PADDING, 62, "small", "POST /in/{source} from every sender");
    svg.text(edge.left() + PADDING, 80, "small", "verify, then answer once Kafka has it,");
    svg.text(edge.left() + PADDING, 98, "small", "or the spool, for sources that use it");
    int line = MARGIN + own.height() / 2;
    Box received = new Box(normalize.reads().iterator().next(), 330, line - 13, 190, CHIP);
    svg.arrow("flow", edge.right(), line, received.left(), line);
    svg.topic(received);
    svg.arrow("flow", received.right(), line, stream.left(), line);

    int chips = stream.bottom() + BETWEEN;
    int panels = chips + CHIP + BETWEEN;
    int half = (Svg.WIDTH - 3 * MARGIN) / 2;
    Contents ofRecords = contents(records, half, records.writes());
    Contents ofEngagement = contents(engagement, half, engagement.writes());
    int height = Math.max(ofRecords.height(), ofEngagement.height());
    Box left = new Box("", MARGIN, panels, half, height);
    Box right = new Box("", 2 * MARGIN + half, panels, half, height);
    role(records, ofRecords, left);
    role(engagement, ofEngagement, right);
    hand(left, "record-events", stream, chips);
    hand(right, "engagement-events", stream, chips);
    lower(left, right);
    return svg;
  }

  /** The roles behind engagement. */
  private void lower(Box records, Box engagement) {
    int chips = engagement.bottom() + BETWEEN;
    int panels = chips + CHIP + BETWEEN;
    int half = engagement.width() - ASIDE;
    Contents ofIdentity = contents(identity, half, identity.writes());
    Contents ofAccounts = contents(accounts, half, accounts.writes());
    int height = Math.max(ofIdentity.height(), ofAccounts.height());
    Box left = new Box("", MARGIN + ASIDE, panels, half, height);
    Box right = new Box("", engagement.left(), panels, half, height);
    role(identity, ofIdentity, left);
    role(accounts, ofAccounts, right);
    hand(left, "identity-links", engagement, chips);
    hand(right, "people", engagement, chips);
    int top = right.bottom() + BETWEEN;
    warehouse(top);
    down(records.left() + ASIDE / 2, records.bottom(), top);
    down(engagement.right() - ASIDE / 2, engagement.bottom(), top);
    down(right.middle(), right.bottom(), top);
  }

  private void down(int x, int from, int to) {
    svg.arrow("flow", x, from, x, to);
  }

  private void warehouse(int top) {
    svg.panel("Kafka Connect to PostgreSQL", new Box("", MARGIN, top, Svg.WIDTH - 2 * MARGIN, 62));
    svg.text(
        MARGIN + PADDING,
        top + 46,
        "small",
        "topics marked with ▾ become rows of the warehouse; writing a row again changes nothing");
  }

  /** The topic between two roles. */
  private void hand(Box role, String topic, Box from, int top) {
    Box chip = new Box(topic, role.middle() - 95, top, 190, CHIP);
    int turn = top - BETWEEN / 2;
    if (chip.middle() > from.left()) {
      svg.arrow("flow", chip.middle(), from.bottom(), chip.middle(), top);
    } else {
      int start = from.left() + 40;
      svg.arrow("flow", start, from.bottom(), start, turn, chip.middle(), turn, chip.middle(), top);
    }
    svg.topic(chip);
    svg.arrow("flow", chip.middle(), chip.bottom(), chip.middle(), role.top());
  }

  /**
   * What is in the panel of a role, as if the panel began at 0, 0.
   *
   * @param writes where the line above the topics is
   */
  private record Contents(List<Box> steps, int writes, List<Box> topics) {
    int height() {
      return topics.getLast().bottom() + PADDING;
    }
  }

  private Contents contents(FlowGraph graph, int width, Set<String> topics) {
    int inner = width - 2 * PADDING;
    List<Box> steps = wrapped(graph.steps().stream().map(Step::name).toList(), 38, inner, 28);
    int writes = steps.getLast().bottom() + 20;
    return new Contents(steps, writes, wrapped(marked(topics), writes + 8, inner, 24));
  }

  private void role(FlowGraph graph, Contents contents, Box panel) {
    svg.panel("stream " + graph.role(), panel);
    svg.text(panel.left() + PADDING, panel.top() + contents.writes(), "small", "writes");
    contents.steps().forEach(box -> svg.step(box.movedBy(panel.left(), panel.top())));
    contents.topics().forEach(box -> svg.topic(box.movedBy(panel.left(), panel.top())));
  }

  private List<String> marked(Set<String> topics) {
    return topics.stream()
        .map(topic -> toWarehouse.contains(topic) ? topic + " ▾" : topic)
        .toList();
  }

  /** Boxes side by side in the order given, in as many lines as needed. */
  private static List<Box> wrapped(List<String> names, int top, int width, int extra) {
    List<Box> boxes = new ArrayList<>();
    int x = PADDING;
    int y = top;
    for (String name : names) {
      int wide = Svg.widthOf(name) + extra;
      if (x > PADDING && x + wide > PADDING + width) {
        x = PADDING;
        y += CHIP + GAP;
      }
      boxes.add(new Box(name, x, y, wide, CHIP));
      x += wide + GAP;
    }
    return boxes;
  }
}

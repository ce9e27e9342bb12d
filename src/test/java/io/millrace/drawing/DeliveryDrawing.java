package io.millrace.drawing;

import io.millrace.drawing.Svg.Box;
import java.util.List;

/** The path of one delivery from the socket to a row of the warehouse, class by class. */
final class DeliveryDrawing {
  private static final int STEP_LEFT = 40;
  private static final int STEP_WIDTH = 230;
  private static final int STEP_HEIGHT = 34;
  private static final int BETWEEN = 16;
  private static final int HEADER = 44;

  /** A class, and what it does with a delivery. */
  record Stop(String className, String does) {}

  /**
   * The part that one process does.
   *
   * @param writes the topic that receives the result, or the table that stores it
   */
  record Part(String process, List<Stop> stops, String writes, String meaning) {}

  static final List<Part> PARTS =
      List.of(
          new Part(
              "millrace edge",
              List.of(
                  new Stop("Edge", "an HTTP server with one route: POST /in/{source}"),
                  new Stop("ReceiveDelivery", "runs the checks below in order, and answers once"),
                  new Stop(
                      "Admission", "checks address, rates and capacity before the body is read"),
                  new Stop("RequestReader", "reads the body exactly as its sender signed it"),
                  new Stop("Verifier", "checks signature and age by the scheme of the provider"),
                  new Stop("ReplayGuard", "refuses genuine requests that were received before"),
                  new Stop("StoreDelivery", "answers 200 if the log has stored it, 503 otherwise"),
                  new Stop(
                      "KafkaDeliveryLog",
                      "writes it and waits until every in-sync replica has it")),
              "deliveries-received",
              "the raw bytes, kept for 28 days"),
          new Part(
              "millrace stream, role normalize",
              List.of(
                  new Stop("NormalizeDeliveries", "commits input and output in one transaction"),
                  new Stop("Splitter", "splits a batch into its parts"),
                  new Stop(
                      "EventMaker", "sets identity, time, type and fields by the catalogue entry"),
                  new Stop("EventCheck", "normalizes fields and reports invalid ones")),
              "record-events",
              "one canonical event each, or a dead letter"),
          new Part(
              "millrace stream, role records",
              List.of(
                  new Stop(
                      "DropDuplicates",
                      "forwards each event once within the source's dedupe window"),
                  new Stop("SequenceRecordEvents", "holds an event until it is its turn"),
                  new Stop("MergeRecordState", "merges it into its record and admits it")),
              "events-ordered",
              "each record's events, once and in order"),
          new Part(
              "Kafka Connect",
              List.of(
                  new Stop("AvroValueConverter", "reads the value with the schema that wrote it"),
                  new Stop("ConnectRecords", "builds a flat row; lists and maps become JSON")),
              "events_ordered",
              "one row in PostgreSQL per source and event id; writing it again changes nothing"));

  private final Svg svg = new Svg();

  Svg draw() {
    int top = 16;
    for (Part part : PARTS) {
      int steps = part.stops().size() * (STEP_HEIGHT + BETWEEN) - BETWEEN;
      Box panel = new Box("", 16, top, Svg.WIDTH - 32, HEADER + steps + 16);
      svg.panel(part.process(), panel);
      int y = top + HEADER;
      for (Stop stop : part.stops()) {
        Box box = new Box(stop.className(), STEP_LEFT, y, STEP_WIDTH, STEP_HEIGHT);
        svg.step(box);
        svg.text(box.right() + 20, y + 22, "", stop.does());
        y += STEP_HEIGHT + BETWEEN;
        if (!stop.equals(part.stops().getLast())) {
          svg.arrow("line", box.middle(), box.bottom(), box.middle(), y);
        }
      }
      top = drawOutput(part, panel, y - BETWEEN);
    }
    return svg;
  }

  /** Draws what a part writes and returns where the next part begins. */
  private int drawOutput(Part part, Box panel, int from) {
    int middle = STEP_LEFT + STEP_WIDTH / 2;
    Box topic = new Box(part.writes(), STEP_LEFT, panel.bottom() + 22, STEP_WIDTH, 28);
    svg.arrow("flow", middle, from, middle, topic.top());
    if (part.equals(PARTS.getLast())) {
      svg.store(topic);
    } else {
      svg.topic(topic);
      svg.arrow("flow", middle, topic.bottom(), middle, topic.bottom() + 22);
    }
    svg.text(topic.right() + 20, topic.top() + 19, "small", part.meaning());
    return topic.bottom() + 22;
  }
}

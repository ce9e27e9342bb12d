package io.millrace.flow.step;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.event.FieldProblem;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.model.Reason;
import java.time.Duration;

/** Everything the flow's steps measure. */
public final class FlowMeters {
  private static final String SOURCE = "forms";
  private static final String TYPE = "lead.created";

  private FlowMeters() {}

  /** Registers them. */
  public static void register(MeterRegistry registry) {
    FlowMetrics metrics = new FlowMetrics(registry);
    metrics.processed(SequenceRecordEvents.NAME, SOURCE, TYPE, Duration.ofMillis(5));
    metrics.duplicate(SOURCE, TYPE);
    metrics.late(SOURCE, TYPE);
    metrics.suppressed(SOURCE, TYPE);
    metrics.erasureRequest(SOURCE, "erased");
    metrics.stageChange("lead", "FORWARD", "DETECTED");
    metrics.deadLetter(SOURCE, Reason.MISSING_FIELD);
    metrics.badField(SOURCE, new FieldProblem("email", "email", "OMIT", "x", "is no address"));
    metrics.waiting(SequenceRecordEvents.NAME, 0).set(1);
    metrics.missed("creation", SOURCE, TYPE);
    metrics.nothing(SOURCE, "ping");
    metrics.overflow("maxWaiting");
    metrics.assignment("JOINED");
    metrics.held(1);
    metrics.overflow("maxWaitingPerRecord");
  }
}

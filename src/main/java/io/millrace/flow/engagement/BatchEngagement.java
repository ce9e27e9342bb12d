package io.millrace.flow.engagement;

import io.millrace.event.EngagementBatch;
import io.millrace.event.OpenPane;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.score.ScoreInput;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.DueRun;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StepClock;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Batches each person's engagement by minute and identifier, and emits each minute when it is over,
 * or when its identifier leaves the person.
 */
public final class BatchEngagement implements Processor<String, Behaviour, String, Object> {
  public static final String NAME = "batch-engagement";

  /** How often ended minutes are checked when nothing arrives. */
  static final Duration CHECK_EVERY = Duration.ofMillis(500);

  private final CaughtUp caughtUp;
  private final Outlet<ScoreMessage> next;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private StepClock clock;
  private OpenPanes panes;

  /** Only shows the number: tasks of a partition share it, and close after the next one began. */
  private AtomicLong waitingGauge;

  public BatchEngagement(CaughtUp caughtUp, Outlet<ScoreMessage> next, FlowMetrics metrics) {
    this.caughtUp = caughtUp;
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    clock = StepClock.ofEngagement(context, caughtUp);
    panes = new OpenPanes(context.getStateStore(OpenPanes.PANES));
    waitingGauge = metrics.waiting(NAME, context.taskId().partition());
    waitingGauge.set(panes.count());
    context.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, wall -> closeDue(clock.now()));
  }

  @Override
  public void process(Record<String, Behaviour> record) {
    clock.recordArrived();
    long now = clock.now();
    closeDue(now);
    switch (record.value()) {
      case Engagement engagement -> add(record.key(), engagement, now);
      case Behaviour.Changed(PersonInput.Departure departure) ->
          // What they contain goes with the identifier, as part of the score.
          panes.takeAll(record.key(), departure.identifier()).forEach(this::emit);
      case Behaviour.Changed(PersonInput.Erased erased) ->
          // What they contain is to be forgotten: nobody receives it.
          panes.takeAll(record.key(), erased.identifier());
      case Behaviour.Changed(PersonInput.Joining joining) -> {}
    }
    waitingGauge.set(panes.count());
  }

  @Override
  public void close() {
    waitingGauge.set(0);
  }

  private void add(String person, Engagement engagement, long at) {
    Instant now = Instant.ofEpochMilli(at);
    EngagementPanes.Place place = EngagementPanes.place(person, engagement, now);
    String key = OpenPanes.key(place);
    Optional<OpenPane> open = panes.find(key);
    output
        .attempt(engagement.event(), () -> EngagementPanes.add(open, place, engagement, now))
        .ifPresent(
            pane -> {
              keep(key, pane);
              output.processed(engagement.event());
            });
  }

  private void keep(String key, OpenPane pane) {
    if (EngagementPanes.isFull(pane)) {
      panes.remove(key);
      emit(pane);
    } else {
      panes.keep(key, pane);
    }
  }

  private void closeDue(long now) {
    DueRun.through(context, () -> panes.takeDue(now), this::emit);
    waitingGauge.set(panes.count());
  }

  /** The timestamp is the last arrival: the closing time could be ahead of every reader's clock. */
  private void emit(OpenPane pane) {
    EngagementBatch batch = EngagementPanes.emitted(pane);
    long arrival = pane.getArrivedAt().toEpochMilli();
    ScoreInput input = ScoreInput.of(batch, pane.getArrivedAt());
    output.write(
        Topics.ENGAGEMENT_BATCHES,
        batch.getPerson(),
        batch,
        Cause.ofEngagement(input.cause(), input, arrival));
    next.forward(context, new Record<>(batch.getPerson(), input, arrival));
  }
}

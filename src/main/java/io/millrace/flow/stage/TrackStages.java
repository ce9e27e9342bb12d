package io.millrace.flow.stage;

import io.millrace.event.Event;
import io.millrace.event.StageChange;
import io.millrace.event.StageHistory;
import io.millrace.flow.record.AdmittedEvent;
import io.millrace.flow.record.Effect;
import io.millrace.flow.record.ErasedRecord;
import io.millrace.flow.record.EventFilter;
import io.millrace.flow.record.HandlerStore;
import io.millrace.flow.record.RecordHandler;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.LogLines;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the stage changes of records, and whether their lifecycle allows them. */
public final class TrackStages implements RecordHandler {
  static final String NAME = "track-stages";
  static final HandlerStore<StageHistory> HISTORY =
      new HandlerStore<>("stage-history", StageHistory.class);

  private static final Logger LOG = LoggerFactory.getLogger(TrackStages.class);

  private final Map<String, StageTracker> trackers;
  private final FlowMetrics metrics;

  public TrackStages(Lifecycles lifecycles, FlowMetrics metrics) {
    this.trackers =
        lifecycles.all().stream()
            .collect(Collectors.toUnmodifiableMap(Lifecycle::recordType, StageTracker::new));
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EventFilter filter() {
    return new EventFilter.OfRecords(List.copyOf(trackers.keySet()));
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(Topics.STAGES_CHANGED);
  }

  @Override
  public List<HandlerStore<?>> stores() {
    return List.of(HISTORY);
  }

  @Override
  public List<Effect> decide(AdmittedEvent admitted, HandlerStore.Lookup stores) {
    Event event = admitted.event();
    String record = EventKeys.record(event);
    return Optional.ofNullable(trackers.get(event.getRecord().getType()))
        .flatMap(tracker -> tracker.add(stores.find(HISTORY, record), event))
        .map(outcome -> effects(record, outcome))
        .orElse(List.of());
  }

  @Override
  public List<Effect> decide(ErasedRecord erased, HandlerStore.Lookup stores) {
    String record = EventKeys.record(erased.record());
    return stores.find(HISTORY, record).isPresent()
        ? List.of(new Effect.Forget(HISTORY, record))
        : List.of();
  }

  private static List<Effect> effects(String record, StageOutcome outcome) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Remember<>(HISTORY, record, outcome.history()));
    outcome
        .changes()
        .forEach(change -> effects.add(new Effect.Write<>(Topics.STAGES_CHANGED, record, change)));
    return effects;
  }

  @Override
  public void done(AdmittedEvent admitted, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Write<?> write && write.value() instanceof StageChange change) {
        report(change, admitted.event());
      }
    }
  }

  private void report(StageChange change, Event cause) {
    metrics.stageChange(change.getLifecycle(), change.getVerdict(), change.getStatus());
    if (change.getVerdict().equals(StageVerdict.NOT_ALLOWED.name())) {
      LogLines.about(LOG.atDebug(), cause)
          .log(
              "The lifecycle {} does not allow the move from {} to {}: {}",
              change.getLifecycle(),
              change.getFromStage().orElse("nothing"),
              change.getToStage().orElse("nothing"),
              change.getStatus());
    }
  }
}

package io.millrace.flow.testing;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.provision.TopicSetting;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.Topic;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What readers of the flow end up with, whatever happened on the way: the last value under each key
 * of every compacted topic, the signals that stand, and how often people did what in each minute.
 */
public record FlowOutcome(
    Map<String, String> tables, Map<String, String> signals, Map<String, Map<String, Long>> sums) {
  private static final Set<String> COMPACTED =
      TopicSettings.load(Path.of("topology", "topics.yaml")).all().stream()
          .filter(topic -> topic.cleanup().equals("compact"))
          .map(TopicSetting::name)
          .collect(Collectors.toUnmodifiableSet());

  /** What a reader of the broker has seen. */
  public static FlowOutcome of(ObservedTopics observed) {
    Reading reading = new Reading();
    for (Topic<?> topic : AllTopics.declared()) {
      for (ConsumerRecord<String, byte[]> record : observed.records(topic)) {
        reading.take(topic, record.key(), record.value());
      }
    }
    return reading.outcome();
  }

  /** What the flow makes of the same events with no broker, and so no trouble. */
  public static FlowOutcome undisturbed(ObservedTopics observed) {
    Reading reading = new Reading();
    for (Run run :
        List.of(
            new Run("records", Topics.RECORD_EVENTS),
            new Run("engagement", Topics.ENGAGEMENT_EVENTS))) {
      List<UndisturbedFlow.Input> inputs =
          observed.records(run.input()).stream()
              .map(
                  record ->
                      new UndisturbedFlow.Input(record.key(), record.value(), record.timestamp()))
              .toList();
      UndisturbedFlow.run(
          run.role(),
          run.input(),
          inputs,
          (delivery, partition, offset) -> List.of(),
          new Topology(),
          reading::take);
    }
    return reading.outcome();
  }

  private record Run(String role, Topic<Event> input) {}

  /** Gathers records in the order they were written. */
  private static final class Reading {
    private final Map<String, String> tables = new TreeMap<>();
    private final Map<String, String> signals = new TreeMap<>();
    private final Map<String, Map<String, Long>> sums = new TreeMap<>();

    void take(Topic<?> topic, String key, byte @Nullable [] value) {
      if (COMPACTED.contains(topic.name())) {
        String text = value == null ? "gone" : HexFormat.of().formatHex(value);
        tables.put(topic.name() + " " + key, text);
      } else if (topic.equals(Topics.SIGNALS_DETECTED)) {
        stand(ObservedTopics.value(Topics.SIGNALS_DETECTED, value));
      } else if (topic.equals(Topics.ENGAGEMENT_BATCHES)) {
        add(ObservedTopics.value(Topics.ENGAGEMENT_BATCHES, value));
      }
    }

    /** The same signal may have been announced at once, or earlier and then corrected. */
    private void stand(Signal signal) {
      Signal standing = Signal.newBuilder(signal).setStatus("STANDS").build();
      if (signal.getStatus().equals("WITHDRAWN")) {
        signals.remove(signal.getSignalId());
      } else {
        signals.put(signal.getSignalId(), standing.toString());
      }
    }

    private void add(EngagementBatch batch) {
      Map<String, Long> sum =
          sums.computeIfAbsent(
              batch.getPerson() + "|" + batch.getWindowStart(), minute -> new TreeMap<>());
      sum.merge("events", batch.getEvents(), Long::sum);
      batch.getCounts().forEach((type, count) -> sum.merge("type " + type, count, Long::sum));
      batch.getActivities().forEach((name, count) -> sum.merge("did " + name, count, Long::sum));
    }

    FlowOutcome outcome() {
      // A key that never had a value and one whose value is gone are the same to a reader.
      tables.values().removeIf("gone"::equals);
      return new FlowOutcome(tables, signals, sums);
    }
  }
}

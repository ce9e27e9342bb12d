package io.millrace.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.kafka.Topic;
import io.millrace.rule.EngagementEvents;
import io.millrace.rule.EngagementRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The engagement topology on a clock the test turns. */
final class EngagementFlow implements AutoCloseable {
  /** The rules as they are deployed. */
  static final EngagementRules RULES = EngagementRules.load(Path.of("topology", "rules"));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, Event> events;
  private final FlowOutputs outputs;
  private Instant now;
  private boolean caughtUp = true;

  EngagementFlow(Instant start) {
    this(start, RULES);
  }

  EngagementFlow(Instant start, EngagementRules rules) {
    this(start, TestRules.with(rules), StoreKind.IN_MEMORY);
  }

  EngagementFlow(Instant start, FlowRules rules, StoreKind stores) {
    this(start, rules, source -> Duration.ofDays(3), stores);
  }

  EngagementFlow(Instant start, SourceWindows windows, StoreKind stores) {
    this(start, TestRules.real(), windows, stores);
  }

  private EngagementFlow(Instant start, FlowRules rules, SourceWindows windows, StoreKind stores) {
    now = start;
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, offset) -> List.of(),
            windows,
            rules,
            (topic, partition) -> caughtUp,
            new FlowMetrics(meters),
            stores);
    driver = new TopologyTestDriver(topology.engagement(), RecordsFlow.settings(), start);
    outputs = new FlowOutputs(driver);
    events =
        driver.createInputTopic(
            Topics.ENGAGEMENT_EVENTS.name(),
            new StringSerializer(),
            StateSerde.of(Event.class).serializer());
  }

  /** An event arrives now. */
  void arrive(Event event) {
    Event arrived = EngagementEvents.arrived(event, now);
    events.pipeInput(arrived.getRecord().getId(), arrived, now);
  }

  /** Time passes and nothing arrives. */
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Time passes only for what arrives, as while a backlog is read. */
  void arriveAt(Instant arrival, Event event) {
    now = arrival;
    arrive(event);
  }

  /** An event arrived at the edge some time ago and gets here now. */
  void arriveAfterAll(Event event, Instant arrival) {
    Event late = EngagementEvents.arrived(event, arrival);
    events.pipeInput(late.getRecord().getId(), late, now);
  }

  /** A letter is replayed that arrived long ago. */
  void arriveAgain(Event event, Instant arrival) {
    Event letter = EngagementEvents.replayed(EngagementEvents.arrived(event, arrival), 1);
    events.pipeInput(letter.getRecord().getId(), letter, now);
  }

  /** The partition holds more than was read so far, or not any more. */
  void caughtUp(boolean value) {
    caughtUp = value;
  }

  double waiting() {
    return meters.get("millrace.waiting").tag("step", BatchEngagement.NAME).gauge().value();
  }

  double waitingEvents() {
    return meters.get("millrace.waiting").tag("step", AwaitContext.NAME).gauge().value();
  }

  List<EngagementBatch> batches() {
    return values(Topics.ENGAGEMENT_BATCHES);
  }

  List<Signal> signals() {
    return values(Topics.SIGNALS_DETECTED);
  }

  <V extends SpecificRecord> List<V> values(Topic<V> topic) {
    return read(topic).stream().map(TestRecord::value).toList();
  }

  /** What came since it was read last. */
  <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
    return outputs.read(topic);
  }

  /** What a step remembers, to look at or to put something there. */
  <V> KeyValueStore<String, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** Bytes of keys and values written since it was asked last, by topic, changelogs included. */
  Map<String, Long> bytesWritten() {
    return outputs.bytesWritten();
  }

  /** Rows and bytes written since it was asked last, by topic, changelogs included. */
  Map<String, FlowOutputs.Written> written() {
    return outputs.written();
  }

  @Override
  public void close() {
    driver.close();
  }
}

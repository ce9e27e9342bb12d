package io.millrace.flow.testing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.flow.EngagementRules;
import io.millrace.flow.FlowRules;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.engagement.AwaitContext;
import io.millrace.flow.engagement.BatchEngagement;
import io.millrace.flow.order.SourceWindows;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
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
public final class EngagementFlow implements AutoCloseable {
  /** The rules as they are deployed. */
  public static final EngagementRules RULES = EngagementRules.load(Path.of("topology", "rules"));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, Event> events;
  private final FlowOutputs outputs;
  private Instant now;
  private boolean caughtUp = true;
  private long offset;

  public EngagementFlow(Instant start) {
    this(start, RULES);
  }

  public EngagementFlow(Instant start, EngagementRules rules) {
    this(start, TestRules.with(rules), StoreKind.IN_MEMORY);
  }

  public EngagementFlow(Instant start, FlowRules rules, StoreKind stores) {
    this(start, rules, source -> Duration.ofDays(3), stores);
  }

  public EngagementFlow(Instant start, SourceWindows windows, StoreKind stores) {
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
  public void arrive(Event event) {
    Event arrived = delivered(EngagementEvents.arrived(event, now));
    events.pipeInput(arrived.getRecord().getId(), arrived, now);
  }

  private Event delivered(Event event) {
    return EngagementEvents.delivered(event, offset++);
  }

  /** Another role, or this one in another partition, has written a record. */
  public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
    driver
        .createInputTopic(
            topic.name(), new StringSerializer(), StateSerde.of(topic.valueType()).serializer())
        .pipeInput(key, value, now);
  }

  /** Time passes and nothing arrives. */
  public void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Time passes only for what arrives, as while a backlog is read. */
  public void arriveAt(Instant arrival, Event event) {
    now = arrival;
    arrive(event);
  }

  /** An event arrived at the edge some time ago and gets here now. */
  public void arriveAfterAll(Event event, Instant arrival) {
    Event late = delivered(EngagementEvents.arrived(event, arrival));
    events.pipeInput(late.getRecord().getId(), late, now);
  }

  /** An event gets here that arrived at the time it says, and is stamped with it as on a topic. */
  public void getsHere(Event event) {
    events.pipeInput(event.getRecord().getId(), event, event.getReceivedAt());
  }

  /** A letter is replayed that arrived long ago. */
  public void arriveAgain(Event event, Instant arrival) {
    Event letter = delivered(EngagementEvents.letter(EngagementEvents.arrived(event, arrival)));
    events.pipeInput(letter.getRecord().getId(), letter, now);
  }

  /** The partition holds more than was read so far, or not any more. */
  public void caughtUp(boolean value) {
    caughtUp = value;
  }

  public Instant now() {
    return now;
  }

  public double waiting() {
    return meters.get("millrace.waiting").tag("step", BatchEngagement.NAME).gauge().value();
  }

  public double waitingEvents() {
    return meters.get("millrace.waiting").tag("step", AwaitContext.NAME).gauge().value();
  }

  /** What a counter with a label says, over all other labels. */
  public double count(String meter, String label, String value) {
    return meters.find(meter).tag(label, value).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  public List<EngagementBatch> batches() {
    return values(Topics.ENGAGEMENT_BATCHES);
  }

  public List<Signal> signals() {
    return values(Topics.SIGNALS_DETECTED);
  }

  public <V extends SpecificRecord> List<V> values(Topic<V> topic) {
    return read(topic).stream().map(TestRecord::value).toList();
  }

  /** What came since it was read last. */
  public <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
    return outputs.read(topic);
  }

  /** What a step remembers, to look at or to put something there. */
  public <V> KeyValueStore<String, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** Bytes of keys and values written since it was asked last, by topic, changelogs included. */
  public Map<String, Long> bytesWritten() {
    return outputs.bytesWritten();
  }

  /** Rows and bytes written since it was asked last, by topic, changelogs included. */
  public Map<String, FlowOutputs.Written> written() {
    return outputs.written();
  }

  @Override
  public void close() {
    driver.close();
  }
}

package io.millrace.flow.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.CrmLead;
import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.RecordState;
import io.millrace.flow.FlowRules;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.RecordHandlers;
import io.millrace.flow.order.Deduplication;
import io.millrace.flow.order.OrderingRule;
import io.millrace.flow.order.OrderingRules;
import io.millrace.flow.record.HandlerStore;
import io.millrace.flow.record.RecordStates;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.format.ForeignRecords;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The records topology on a clock the test turns. */
public final class RecordsFlow implements AutoCloseable {
  public static final Duration WINDOW = Duration.ofDays(3);

  /** A source whose events fail in deduplication. */
  public static final String BROKEN_SOURCE = "broken";

  /** A source that repeats itself for as long as any does. */
  public static final String PATIENT_SOURCE = "patient";

  /** A bucket of the window starts here. */
  public static final Instant START =
      Instant.ofEpochMilli(
          Math.floorDiv(1_793_500_000_000L, WINDOW.toMillis()) * WINDOW.toMillis());

  private final TopologyTestDriver driver;
  private final TestInputTopic<String, Event> recordEvents;
  private final FlowOutputs outputs;
  private boolean caughtUp = true;
  private long normalizedThrough = CaughtUp.UNKNOWN;
  private Instant now = START;
  private long offset;

  public RecordsFlow() {
    this(defaultRules());
  }

  public RecordsFlow(OrderingRules rules) {
    this(rules, StoreKind.IN_MEMORY);
  }

  public RecordsFlow(OrderingRules rules, StoreKind stores) {
    this(rules, stores, registered());
  }

  public RecordsFlow(RecordHandlers handlers) {
    this(defaultRules(), StoreKind.IN_MEMORY, handlers);
  }

  /** Everything as it is declared. */
  public RecordsFlow(FlowRules rules) {
    this(
        rules.ordering(),
        StoreKind.IN_MEMORY,
        RecordHandlers.registered(rules, new FlowMetrics(new SimpleMeterRegistry())));
  }

  private RecordsFlow(OrderingRules rules, StoreKind stores, RecordHandlers handlers) {
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, position) -> List.of(),
            RecordsFlow::window,
            TestRules.with(rules),
            new Progress(),
            new FlowMetrics(new SimpleMeterRegistry()),
            stores,
            handlers);
    driver = new TopologyTestDriver(topology.records(), settings(), START);
    outputs = new FlowOutputs(driver);
    recordEvents =
        driver.createInputTopic(
            Topics.RECORD_EVENTS.name(),
            new StringSerializer(),
            StateSerde.of(Event.class).serializer());
  }

  /** The handlers as deployed. */
  public static RecordHandlers registered() {
    return RecordHandlers.registered(TestRules.real(), new FlowMetrics(new SimpleMeterRegistry()));
  }

  public static OrderingRules defaultRules() {
    OrderingRule known = new OrderingRule(Duration.ofSeconds(2), Duration.ZERO, 10_000);
    OrderingRule created = new OrderingRule(Duration.ofSeconds(2), Duration.ofMinutes(5), 10_000);
    return new OrderingRules(known, Map.of("lead", created, "contact", created));
  }

  /** With the rules that are delivered. */
  public static RecordsFlow shipped() {
    return new RecordsFlow(OrderingRules.load(Path.of("topology", "rules")));
  }

  public static Properties settings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, "target/test-state");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    settings.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ForeignRecords.class);
    return settings;
  }

  /** An event arrives now. */
  public Event arrive(TestEvent event) {
    Event built = event.received(now.toEpochMilli()).offset(offset++).build();
    recordEvents.pipeInput(EventKeys.record(built), built, now);
    return built;
  }

  /** A message between records arrives now, once more perhaps. */
  public <V extends SpecificRecord> void arrive(Topic<V> topic, String key, V message) {
    driver
        .createInputTopic(
            topic.name(), new StringSerializer(), StateSerde.of(topic.valueType()).serializer())
        .pipeInput(key, message, now);
  }

  /** What is known of a record, such as {@code lead/L-1}. */
  public Optional<RecordState> state(String record) {
    return remembered(new HandlerStore<>(RecordStates.STATE, RecordState.class), record);
  }

  /** An event arrives now in a delivery of its own. */
  void arrive(Event event) {
    Lineage sent = event.getMetadata().getLineage();
    Lineage lineage = new Lineage("delivery-" + offset, 0, offset++, sent.getIndex());
    EventMetadata metadata =
        EventMetadata.newBuilder(event.getMetadata()).setLineage(lineage).build();
    Event arrived = Event.newBuilder(event).setReceivedAt(now).setMetadata(metadata).build();
    recordEvents.pipeInput(EventKeys.record(arrived), arrived, now);
  }

  /**
   * An event arrives now that an edge received some time ago, in a delivery of its own.
   *
   * @param partition of deliveries-received, which has offsets of its own
   */
  public void arrive(Event event, Instant received, int partition, long position) {
    Lineage sent = event.getMetadata().getLineage();
    String delivery = "delivery-%d-%d".formatted(partition, position);
    Lineage lineage = new Lineage(delivery, partition, position, sent.getIndex());
    EventMetadata metadata =
        EventMetadata.newBuilder(event.getMetadata()).setLineage(lineage).build();
    Event arrived = Event.newBuilder(event).setReceivedAt(received).setMetadata(metadata).build();
    recordEvents.pipeInput(EventKeys.record(arrived), arrived, received);
  }

  /** Somebody else writes to record-events. */
  public void write(byte @Nullable [] value) {
    driver
        .createInputTopic(
            Topics.RECORD_EVENTS.name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput("lead/L-1", value, now);
  }

  /** An event arrives now by way of an edge whose clock is ahead. */
  public void arriveAhead(TestEvent event, Duration ahead) {
    Instant stamp = now.plus(ahead);
    Event built = event.received(stamp.toEpochMilli()).offset(offset++).build();
    recordEvents.pipeInput(EventKeys.record(built), built, stamp);
  }

  /** Time passes and nothing arrives. */
  public void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** The partition holds more than was read so far, or not any more. */
  public void caughtUp(boolean value) {
    caughtUp = value;
  }

  /** Deliveries that arrived later are not normalized yet. */
  public void normalizedThrough(Instant moment) {
    normalizedThrough = moment.toEpochMilli();
  }

  private final class Progress implements CaughtUp {
    @Override
    public boolean isCaughtUp(List<String> topics, int partition) {
      return caughtUp;
    }

    @Override
    public long normalizedThrough() {
      return normalizedThrough;
    }
  }

  public Instant now() {
    return now;
  }

  public List<Event> ordered() {
    return read(Topics.EVENTS_ORDERED).stream().map(TestRecord::value).toList();
  }

  public List<String> orderedIds() {
    return ordered().stream().map(Event::getEventId).toList();
  }

  public List<String> lateIds() {
    return read(Topics.EVENTS_LATE).stream().map(late -> late.value().getEventId()).toList();
  }

  public List<DuplicateEvent> duplicates() {
    return read(Topics.EVENTS_DUPLICATE).stream().map(TestRecord::value).toList();
  }

  public List<DeadLetter> deadLetters() {
    return read(Topics.DEAD_LETTERS).stream().map(TestRecord::value).toList();
  }

  public List<TestRecord<String, CrmLead>> leads() {
    return read(Topics.CRM_LEADS);
  }

  /**
   * The last value written under each key, as bytes; keys whose last value is a tombstone are not
   * there.
   */
  public Map<String, byte[]> tableOf(Topic<?> topic) {
    Map<String, byte[]> table = new HashMap<>();
    driver
        .createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .forEach(written -> table.compute(written.key(), (key, before) -> written.value()));
    return table;
  }

  /** What a handler remembers. */
  public <V extends SpecificRecord> Optional<V> remembered(HandlerStore<V> store, String key) {
    KeyValueStore<String, V> values = driver.getKeyValueStore(store.name());
    return Optional.ofNullable(values.get(key));
  }

  /** What came since it was read last. */
  public <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
    return outputs.read(topic);
  }

  /** Changes the bytes of every row of a store behind the back of the flow. */
  @SuppressWarnings("unchecked") // A store with serdes is around one of bytes.
  public void rewrite(String store, UnaryOperator<byte[]> change) {
    Object metered = driver.getKeyValueStore(store);
    var outer = (WrappedStateStore<KeyValueStore<Bytes, byte[]>, ?, ?>) metered;
    KeyValueStore<Bytes, byte[]> rows = outer.wrapped();
    List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
      all.forEachRemaining(found::add);
    }
    found.forEach(row -> rows.put(row.key, change.apply(row.value)));
  }

  /** The stores with a row whose key or value contains a text. */
  public Set<String> storesWith(String text) {
    return StoreBytes.storesWith(driver, text);
  }

  /** Rows and bytes written since it was asked last, by topic, changelogs included. */
  public Map<String, FlowOutputs.Written> written() {
    return outputs.written();
  }

  @Override
  public void close() {
    driver.close();
  }

  private static Duration window(String source) {
    if (source.equals(BROKEN_SOURCE)) {
      throw new IllegalStateException("no window for " + source);
    }
    return source.equals(PATIENT_SOURCE) ? Deduplication.LONGEST_WINDOW : WINDOW;
  }
}

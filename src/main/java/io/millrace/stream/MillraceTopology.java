package io.millrace.stream;

import io.millrace.event.OpenPane;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.event.ScoreMemory;
import io.millrace.event.SeenEvent;
import io.millrace.event.SignalMemory;
import io.millrace.event.UsageMemory;
import io.millrace.event.WaitingEvent;
import io.millrace.kafka.Topic;
import io.millrace.kafka.TopicSerdes;
import io.millrace.rule.Deduplication;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The flow, top to bottom: one method per role, and each role is an application of its own. */
public final class MillraceTopology {
  static final String DROP_RECORD_DUPLICATES = "drop-record-duplicates";
  static final String RECORD_SEEN_EVENT_IDS = "record-seen-event-ids";
  static final String DROP_ENGAGEMENT_DUPLICATES = "drop-engagement-duplicates";
  static final String ENGAGEMENT_SEEN_EVENT_IDS = "engagement-seen-event-ids";

  /** What a changelog topic must take: as much as the topics of topics.yaml. */
  private static final Map<String, String> CHANGELOG = Map.of("max.message.bytes", "8388608");

  private final TopicSerdes serdes;
  private final DeliveryNormalizer normalizer;
  private final DedupeWindows windows;
  private final Duration idsKept;
  private final FlowRules rules;
  private final CaughtUp caughtUp;
  private final FlowMetrics metrics;
  private final StoreKind stores;
  private final RecordHandlers handlers;

  public MillraceTopology(
      TopicSerdes serdes,
      DeliveryNormalizer normalizer,
      DedupeWindows windows,
      FlowRules rules,
      CaughtUp caughtUp,
      FlowMetrics metrics,
      StoreKind stores) {
    this(
        serdes,
        normalizer,
        windows,
        rules,
        caughtUp,
        metrics,
        stores,
        RecordHandlers.registered(rules, metrics));
  }

  MillraceTopology(
      TopicSerdes serdes,
      DeliveryNormalizer normalizer,
      DedupeWindows windows,
      FlowRules rules,
      CaughtUp caughtUp,
      FlowMetrics metrics,
      StoreKind stores,
      RecordHandlers handlers) {
    this.serdes = serdes;
    this.normalizer = normalizer;
    this.windows = new RememberedWindows(windows);
    this.idsKept = Deduplication.retention(this.windows.longest());
    this.rules = rules;
    this.caughtUp = caughtUp;
    this.metrics = metrics;
    this.stores = stores;
    this.handlers = handlers;
  }

  /** Every node, topic and store, a section for each role: what {@code topology.txt} holds. */
  public String describe() {
    return String.join(
        "\n",
        section("normalize", normalize()),
        section("records", records()),
        section("engagement", engagement()));
  }

  private static String section(String role, Topology topology) {
    return "# Role " + role + "\n" + topology.describe().toString().strip() + "\n";
  }

  /** Deliveries become events. */
  public Topology normalize() {
    return normalize(new Topology());
  }

  /** The same, built into a topology whose configuration may wrap every step. */
  Topology normalize(Topology topology) {
    read(topology, Topics.DELIVERIES_RECEIVED);

    topology.addProcessor(
        NormalizeDeliveries.NAME,
        () -> new NormalizeDeliveries(normalizer, metrics),
        Nodes.read(Topics.DELIVERIES_RECEIVED));

    write(topology, Topics.RECORD_EVENTS, NormalizeDeliveries.NAME);
    write(topology, Topics.ENGAGEMENT_EVENTS, NormalizeDeliveries.NAME);
    write(topology, Topics.DEAD_LETTERS, NormalizeDeliveries.NAME);
    return topology;
  }

  /** Record events are admitted once, put in order and merged. */
  public Topology records() {
    return records(new Topology());
  }

  Topology records(Topology topology) {
    read(topology, Topics.RECORD_EVENTS);

    DropDuplicates.Names dropDuplicates =
        new DropDuplicates.Names(
            DROP_RECORD_DUPLICATES, RECORD_SEEN_EVENT_IDS, SequenceRecordEvents.NAME);
    topology.addProcessor(
        DROP_RECORD_DUPLICATES,
        () -> new DropDuplicates(dropDuplicates, windows, idsKept, metrics),
        Nodes.read(Topics.RECORD_EVENTS));
    topology.addStateStore(seenEventIds(RECORD_SEEN_EVENT_IDS), DROP_RECORD_DUPLICATES);

    topology.addProcessor(
        SequenceRecordEvents.NAME,
        () -> new SequenceRecordEvents(rules.ordering(), caughtUp, metrics),
        DROP_RECORD_DUPLICATES);
    topology.addStateStore(
        store(SequenceRecordEvents.ORDER, RecordOrder.class), SequenceRecordEvents.NAME);
    topology.addStateStore(
        store(WaitingRoom.EVENTS, WaitingEvent.class), SequenceRecordEvents.NAME);

    topology.addProcessor(
        MergeRecordState.NAME,
        () -> new MergeRecordState(handlers, caughtUp, metrics),
        SequenceRecordEvents.NAME);
    // What one record learns of another comes back to where that one's state is.
    read(topology, Topics.RECORDS_MERGED);
    topology.addProcessor(
        NoteMergedRecords.NAME,
        () -> new NoteMergedRecords(handlers, metrics),
        Nodes.read(Topics.RECORDS_MERGED));
    read(topology, Topics.RECORD_HISTORIES);
    topology.addProcessor(
        JoinRecordHistories.NAME,
        () -> new JoinRecordHistories(handlers, metrics),
        Nodes.read(Topics.RECORD_HISTORIES));
    // The sequencer reads what is merged, to see whether an event follows from it.
    topology.addStateStore(
        store(RecordStates.STATE, RecordState.class),
        MergeRecordState.NAME,
        NoteMergedRecords.NAME,
        JoinRecordHistories.NAME,
        SequenceRecordEvents.NAME);
    topology.addStateStore(
        store(FieldsToForget.DUE, Serdes.String()),
        MergeRecordState.NAME,
        NoteMergedRecords.NAME,
        JoinRecordHistories.NAME);

    write(topology, Topics.RECORDS_MERGED, MergeRecordState.NAME);
    write(
        topology,
        Topics.RECORD_HISTORIES,
        MergeRecordState.NAME,
        NoteMergedRecords.NAME,
        JoinRecordHistories.NAME);

    write(topology, Topics.EVENTS_ORDERED, MergeRecordState.NAME);
    write(topology, Topics.EVENTS_LATE, MergeRecordState.NAME);
    write(topology, Topics.EVENTS_DUPLICATE, DROP_RECORD_DUPLICATES);
    handlers.all().forEach(handler -> add(topology, handler));
    write(
        topology,
        Topics.DEAD_LETTERS,
        handlers.withNames(
            DROP_RECORD_DUPLICATES,
            SequenceRecordEvents.NAME,
            MergeRecordState.NAME,
            NoteMergedRecords.NAME,
            JoinRecordHistories.NAME));
    return topology;
  }

  private void add(Topology topology, RecordHandler handler) {
    topology.addProcessor(
        handler.name(),
        () -> new HandleRecordEvents(handler, metrics),
        MergeRecordState.NAME,
        NoteMergedRecords.NAME,
        JoinRecordHistories.NAME);
    handler
        .stores()
        .forEach(each -> topology.addStateStore(store(each.name(), each.type()), handler.name()));
    handler.topics().forEach(topic -> write(topology, topic, handler.name()));
  }

  /** What people do is admitted once, counted by the minute, watched for signals and scored. */
  public Topology engagement() {
    return engagement(new Topology());
  }

  Topology engagement(Topology topology) {
    read(topology, Topics.ENGAGEMENT_EVENTS);

    DropDuplicates.Names dropDuplicates =
        new DropDuplicates.Names(
            DROP_ENGAGEMENT_DUPLICATES, ENGAGEMENT_SEEN_EVENT_IDS, AwaitContext.NAME);
    topology.addProcessor(
        DROP_ENGAGEMENT_DUPLICATES,
        () -> new DropDuplicates(dropDuplicates, windows, idsKept, metrics),
        Nodes.read(Topics.ENGAGEMENT_EVENTS));
    topology.addStateStore(seenEventIds(ENGAGEMENT_SEEN_EVENT_IDS), DROP_ENGAGEMENT_DUPLICATES);

    topology.addProcessor(
        AwaitContext.NAME,
        () -> new AwaitContext(rules.context(), caughtUp, metrics),
        DROP_ENGAGEMENT_DUPLICATES);
    topology.addStateStore(store(AwaitContext.KNOWN, Serdes.Long()), AwaitContext.NAME);
    topology.addStateStore(store(WaitingEngagement.EVENTS, WaitingEvent.class), AwaitContext.NAME);

    topology.addProcessor(
        RecognizeActivities.NAME,
        () -> new RecognizeActivities(rules.engagement().activities(), metrics),
        AwaitContext.NAME);

    topology.addProcessor(
        BatchEngagement.NAME,
        () -> new BatchEngagement(caughtUp, metrics),
        RecognizeActivities.NAME);
    topology.addStateStore(store(OpenPanes.PANES, OpenPane.class), BatchEngagement.NAME);

    topology.addProcessor(
        DetectSignals.NAME,
        () -> new DetectSignals(rules.engagement().signals(), metrics),
        RecognizeActivities.NAME);
    topology.addStateStore(store(DetectSignals.MEMORY, SignalMemory.class), DetectSignals.NAME);

    topology.addProcessor(
        CountUsage.NAME, () -> new CountUsage(rules.usage(), metrics), RecognizeActivities.NAME);
    topology.addStateStore(store(CountUsage.MEMORY, UsageMemory.class), CountUsage.NAME);

    topology.addProcessor(
        ScoreLeads.NAME,
        () -> new ScoreLeads(rules.engagement().scoring(), rules.engagement().candidate(), metrics),
        BatchEngagement.NAME,
        DetectSignals.NAME);
    topology.addStateStore(store(ScoreLeads.MEMORY, ScoreMemory.class), ScoreLeads.NAME);

    write(topology, Topics.EVENTS_ORDERED, RecognizeActivities.NAME, ScoreLeads.NAME);
    write(topology, Topics.EVENTS_DUPLICATE, DROP_ENGAGEMENT_DUPLICATES);
    write(topology, Topics.ENGAGEMENT_BATCHES, BatchEngagement.NAME);
    write(topology, Topics.SIGNALS_DETECTED, DetectSignals.NAME);
    write(topology, Topics.USAGE_COUNTED, CountUsage.NAME);
    write(topology, Topics.LEAD_SCORES, ScoreLeads.NAME);
    write(topology, Topics.LEAD_SCORES_CHANGED, ScoreLeads.NAME);
    write(topology, Topics.LEAD_SCORES_COMPARED, ScoreLeads.NAME);
    write(
        topology,
        Topics.DEAD_LETTERS,
        DROP_ENGAGEMENT_DUPLICATES,
        RecognizeActivities.NAME,
        BatchEngagement.NAME,
        DetectSignals.NAME,
        CountUsage.NAME,
        ScoreLeads.NAME);
    return topology;
  }

  private <V extends SpecificRecord> void read(Topology topology, Topic<V> topic) {
    topology.addSource(
        Nodes.read(topic),
        new StringDeserializer(),
        new RequiredValue<>(serdes.values(topic).deserializer()),
        topic.name());
  }

  private <V extends SpecificRecord> void write(
      Topology topology, Topic<V> topic, String... parents) {
    topology.addSink(
        Nodes.write(topic),
        topic.name(),
        new StringSerializer(),
        serdes.values(topic).serializer(),
        parents);
  }

  /** Every put must be seen at once and survive, so nothing is cached and all is logged. */
  StoreBuilder<WindowStore<String, SeenEvent>> seenEventIds(String name) {
    return Stores.windowStoreBuilder(
            stores.window(name, idsKept, windows.longest()),
            Serdes.String(),
            StateSerde.of(SeenEvent.class))
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }

  /** How many instances of RocksDB one partition of a store is. */
  static int instancesOf(String store) {
    boolean isWindowed =
        store.equals(RECORD_SEEN_EVENT_IDS) || store.equals(ENGAGEMENT_SEEN_EVENT_IDS);
    return isWindowed ? StoreKind.SEGMENTS : 1;
  }

  private <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> store(
      String name, Class<V> type) {
    return store(name, StateSerde.of(type));
  }

  private <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(stores.keyValue(name), Serdes.String(), values)
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }
}

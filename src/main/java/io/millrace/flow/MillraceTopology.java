package io.millrace.flow;

import io.millrace.event.Delivery;
import io.millrace.event.Erasure;
import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.event.GraphNode;
import io.millrace.event.IdentifierState;
import io.millrace.event.LinkState;
import io.millrace.event.MemberState;
import io.millrace.event.OpenPane;
import io.millrace.event.PersonMessage;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.event.ScoreMemory;
import io.millrace.event.SeenEvent;
import io.millrace.event.SignalMemory;
import io.millrace.event.UsageMemory;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.engagement.AwaitContext;
import io.millrace.flow.engagement.BatchEngagement;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.OpenPanes;
import io.millrace.flow.engagement.RecognizeActivities;
import io.millrace.flow.engagement.WaitingEngagement;
import io.millrace.flow.erase.ErasureMarks;
import io.millrace.flow.erase.Erasures;
import io.millrace.flow.erase.FollowErasures;
import io.millrace.flow.erase.SuppressErased;
import io.millrace.flow.identity.DecideIdentities;
import io.millrace.flow.order.Deduplication;
import io.millrace.flow.order.DropDuplicates;
import io.millrace.flow.order.RememberedWindows;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.flow.order.SourceWindows;
import io.millrace.flow.order.WaitingRoom;
import io.millrace.flow.person.EraseOnRequest;
import io.millrace.flow.person.FindPerson;
import io.millrace.flow.person.MeetPerson;
import io.millrace.flow.person.PeopleRows;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.record.EraseRecord;
import io.millrace.flow.record.FieldsToForget;
import io.millrace.flow.record.HandleRecordEvents;
import io.millrace.flow.record.JoinMergedRecords;
import io.millrace.flow.record.MergeRecordState;
import io.millrace.flow.record.RecordHandler;
import io.millrace.flow.record.RecordStates;
import io.millrace.flow.record.RecordUpdate;
import io.millrace.flow.record.Sequenced;
import io.millrace.flow.score.ScoreLeads;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.signal.DetectSignals;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.usage.CountUsage;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicLimits;
import io.millrace.kafka.topic.TopicSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The flow, top to bottom: one method per role, and each role is an application of its own. */
public final class MillraceTopology {
  public static final String DROP_RECORD_DUPLICATES = "drop-record-duplicates";
  public static final String RECORD_SEEN_EVENT_IDS = "record-seen-event-ids";
  static final String DROP_ENGAGEMENT_DUPLICATES = "drop-engagement-duplicates";
  static final String ENGAGEMENT_SEEN_EVENT_IDS = "engagement-seen-event-ids";

  public static final DropDuplicates.Names DEDUPLICATE_RECORDS =
      new DropDuplicates.Names(
          DROP_RECORD_DUPLICATES,
          RECORD_SEEN_EVENT_IDS,
          Set.of(SequenceRecordEvents.NAME, MergeRecordState.NAME));
  public static final DropDuplicates.Names DEDUPLICATE_ENGAGEMENT =
      new DropDuplicates.Names(
          DROP_ENGAGEMENT_DUPLICATES,
          ENGAGEMENT_SEEN_EVENT_IDS,
          Set.of(FindPerson.NAME, MeetPerson.NAME, AwaitContext.NAME, RecognizeActivities.NAME));

  public static final SuppressErased.Names SUPPRESS_RECORDS =
      new SuppressErased.Names("suppress-erased-records", RecordStates.ERASED);

  private static final Duration MAX_COMPACTION_LAG = Duration.ofDays(7);
  private static final Duration SEGMENT = Duration.ofDays(1);

  public static final SuppressErased.Names SUPPRESS_PEOPLE =
      new SuppressErased.Names("suppress-erased-people", ErasureMarks.OF_PEOPLE);

  /**
   * Changelog topics accept as much as the topics of topics.yaml, and like those keep no value for
   * long once its row has changed: they hold personal data too.
   */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "max.message.bytes", Integer.toString(TopicLimits.MAX_MESSAGE_BYTES),
          "max.compaction.lag.ms", Long.toString(MAX_COMPACTION_LAG.toMillis()),
          "segment.ms", Long.toString(SEGMENT.toMillis()));

  private final TopicSerdes serdes;
  private final DeliveryNormalizer normalizer;
  private final SourceWindows windows;
  private final Duration idsKept;
  private final FlowRules rules;
  private final CaughtUp caughtUp;
  private final FlowMetrics metrics;
  private final StoreKind stores;
  private final RecordHandlers handlers;

  public MillraceTopology(
      TopicSerdes serdes,
      DeliveryNormalizer normalizer,
      SourceWindows windows,
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

  public MillraceTopology(
      TopicSerdes serdes,
      DeliveryNormalizer normalizer,
      SourceWindows windows,
      FlowRules rules,
      CaughtUp caughtUp,
      FlowMetrics metrics,
      StoreKind stores,
      RecordHandlers handlers) {
    this.serdes = serdes;
    this.normalizer = normalizer;
    this.windows = new RememberedWindows(windows);
    this.idsKept = Deduplication.retention(this.windows.longestDedupe());
    this.rules = rules;
    this.caughtUp = caughtUp;
    this.metrics = metrics;
    this.stores = stores;
    this.handlers = handlers;
  }

  /** How long a changelog may hold a value after its row has changed or gone. */
  public static Duration longestInChangelogs() {
    return MAX_COMPACTION_LAG.plus(SEGMENT);
  }

  /** Every node, topic and store, one section per role: the content of {@code topology.txt}. */
  public String describe() {
    return String.join(
        "\n",
        section("normalize", normalize()),
        section("records", records()),
        section("engagement", engagement()),
        section("identity", identity()),
        section("accounts", accounts()));
  }

  private static String section(String role, Topology topology) {
    return "# Role " + role + "\n" + topology.describe().toString().strip() + "\n";
  }

  /** Deliveries become events. */
  public Topology normalize() {
    return normalize(new Topology());
  }

  /** The same, built into a topology whose configuration may wrap every step. */
  public Topology normalize(Topology topology) {
    RoleBuilder role = new RoleBuilder(topology, serdes);
    Outlet<Delivery> deliveries = role.read(Topics.DELIVERIES_RECEIVED);

    Erasures erasures = new Erasures();
    role.follow(
        Topics.ERASURES,
        inMemory(FollowErasures.ERASED, Erasure.class),
        FollowErasures.NAME,
        () -> new FollowErasures(erasures));
    role.step(
            NormalizeDeliveries.NAME,
            deliveries,
            () -> new NormalizeDeliveries(normalizer, erasures, metrics))
        .writes(Topics.RECORD_EVENTS, Topics.ENGAGEMENT_EVENTS)
        .writes(Topics.IDENTIFIER_SIGHTINGS, Topics.ERASURE_REQUESTS)
        .writes(Topics.EVENTS_SUPPRESSED, Topics.DEAD_LETTERS);
    return role.build();
  }

  /** A store that a process fills from a topic, so it needs no changelog and no disk. */
  private static <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> inMemory(
      String name, Class<V> type) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), StateSerde.of(type))
        .withCachingDisabled()
        .withLoggingDisabled();
  }

  /** Record events are admitted once, put in order and merged. */
  public Topology records() {
    return records(new Topology());
  }

  public Topology records(Topology topology) {
    RoleBuilder role = new RoleBuilder(topology, serdes);
    StoreBuilder<?> erased = store(SUPPRESS_RECORDS.store(), ErasureOrder.class);
    Outlet<ErasureOrder> toErase = role.outlet(SUPPRESS_RECORDS.step());
    Outlet<Event> arrived =
        suppressErased(
            role, SUPPRESS_RECORDS, Topics.RECORD_EVENTS, Topics.ERASE_RECORDS, toErase, erased);
    Outlet<Event> distinct = dropDuplicates(role, DEDUPLICATE_RECORDS, arrived);
    StoreBuilder<?> states = store(RecordStates.STATE, RecordState.class);

    Outlet<Sequenced> sequenced = role.outlet(SequenceRecordEvents.NAME);
    Outlet<ErasureOrder> erasing = role.outlet(SequenceRecordEvents.NAME);
    role.step(
            SequenceRecordEvents.NAME,
            List.of(distinct, toErase),
            () ->
                new SequenceRecordEvents(
                    rules.ordering(), windows, caughtUp, sequenced, erasing, metrics))
        .uses(store(SequenceRecordEvents.ORDER, RecordOrder.class))
        .uses(store(WaitingRoom.EVENTS, WaitingEvent.class))
        // It reads the merged state to check whether an event continues it.
        .uses(states)
        .writes(Topics.EVENTS_SUPPRESSED, Topics.DEAD_LETTERS);

    mergeRecords(role, sequenced, erasing, states, erased);
    return role.build();
  }

  /** The first step of a role: what was erased while events were on their way stays erased. */
  private Outlet<Event> suppressErased(
      RoleBuilder role,
      SuppressErased.Names names,
      Topic<Event> events,
      Topic<ErasureOrder> orders,
      Outlet<ErasureOrder> toErase,
      StoreBuilder<?> erased) {
    Outlet<Event> passed = role.outlet(names.step());
    role.step(
            names.step(),
            List.of(role.read(events), role.read(orders)),
            () -> new SuppressErased(names, passed, toErase, metrics))
        .uses(erased)
        .writes(Topics.EVENTS_SUPPRESSED, Topics.DEAD_LETTERS);
    return passed;
  }

  /** Messages between merged records return to the partition of the receiving record's state. */
  private void mergeRecords(
      RoleBuilder role,
      Outlet<Sequenced> sequenced,
      Outlet<ErasureOrder> erasing,
      StoreBuilder<?> states,
      StoreBuilder<?> erased) {
    StoreBuilder<?> toForget = store(FieldsToForget.DUE, Serdes.String());

    Outlet<RecordUpdate> merged = role.outlet(MergeRecordState.NAME);
    role.step(
            MergeRecordState.NAME,
            sequenced,
            () -> new MergeRecordState(handlers.behind(merged), caughtUp, metrics))
        .uses(states)
        .uses(toForget)
        .writes(Topics.EVENTS_ORDERED, Topics.EVENTS_LATE)
        .writes(Topics.RECORDS_MERGED, Topics.RECORD_HISTORIES, Topics.DEAD_LETTERS);

    Outlet<RecordUpdate> noted = role.outlet(JoinMergedRecords.NOTE_MERGED);
    role.step(
            JoinMergedRecords.NOTE_MERGED,
            role.read(Topics.RECORDS_MERGED),
            () -> JoinMergedRecords.noting(handlers.behind(noted), metrics))
        .uses(states)
        .uses(erased)
        .uses(toForget)
        .writes(Topics.RECORD_HISTORIES, Topics.DEAD_LETTERS);

    Outlet<RecordUpdate> joined = role.outlet(JoinMergedRecords.JOIN_HISTORIES);
    role.step(
            JoinMergedRecords.JOIN_HISTORIES,
            role.read(Topics.RECORD_HISTORIES),
            () -> JoinMergedRecords.joining(handlers.behind(joined), metrics))
        .uses(states)
        .uses(erased)
        .uses(toForget)
        .writes(Topics.RECORD_HISTORIES, Topics.DEAD_LETTERS);

    Outlet<RecordUpdate> removed = role.outlet(EraseRecord.NAME);
    role.step(EraseRecord.NAME, erasing, () -> new EraseRecord(handlers.behind(removed), metrics))
        .uses(states)
        .uses(toForget)
        .writes(Topics.ERASE_RECORDS, Topics.RECORD_HISTORIES, Topics.DEAD_LETTERS);

    for (RecordHandler handler : handlers.all()) {
      RoleBuilder.Step step =
          role.step(
              handler.name(),
              List.of(merged, noted, joined, removed),
              () -> new HandleRecordEvents(handler, metrics));
      handler.stores().forEach(store -> step.uses(store(store.name(), store.type())));
      handler.topics().forEach(step::writes);
      step.writes(Topics.DEAD_LETTERS);
    }
  }

  /**
   * Engagement events are admitted once, sent to their people, batched by the minute, checked for
   * signals and scored.
   */
  public Topology engagement() {
    return engagement(new Topology());
  }

  public Topology engagement(Topology topology) {
    RoleBuilder role = new RoleBuilder(topology, serdes);
    Outlet<ErasureOrder> toErase = role.outlet(SUPPRESS_PEOPLE.step());
    StoreBuilder<?> marks = store(SUPPRESS_PEOPLE.store(), ErasureOrder.class);
    Outlet<Event> arrived =
        suppressErased(
            role, SUPPRESS_PEOPLE, Topics.ENGAGEMENT_EVENTS, Topics.ERASE_PEOPLE, toErase, marks);
    Outlet<Event> distinct = dropDuplicates(role, DEDUPLICATE_ENGAGEMENT, arrived);
    List<Outlet<PersonInput>> people = findPeople(role, distinct, toErase, marks);

    Outlet<PersonInput> inContext = role.outlet(AwaitContext.NAME);
    role.step(
            AwaitContext.NAME,
            people,
            () -> new AwaitContext(rules.context(), caughtUp, inContext, metrics))
        .uses(store(AwaitContext.KNOWN, Serdes.Long()))
        .uses(store(WaitingEngagement.EVENTS, WaitingEvent.class))
        .writes(Topics.PERSON_MESSAGES, Topics.EVENTS_SUPPRESSED, Topics.DEAD_LETTERS);

    Outlet<Behaviour> recognized = role.outlet(RecognizeActivities.NAME);
    role.step(
            RecognizeActivities.NAME,
            inContext,
            () -> new RecognizeActivities(rules.engagement().activities(), recognized, metrics))
        .writes(Topics.EVENTS_ORDERED, Topics.DEAD_LETTERS);

    scoreLeads(role, recognized);
    return role.build();
  }

  /** Messages between the homes of identifiers and their people return to the same tasks. */
  private List<Outlet<PersonInput>> findPeople(
      RoleBuilder role,
      Outlet<Event> distinct,
      Outlet<ErasureOrder> toErase,
      StoreBuilder<?> marks) {
    StoreBuilder<?> identifiers = store(FindPerson.IDENTIFIERS, IdentifierState.class);
    StoreBuilder<?> members = store(MeetPerson.MEMBERS, MemberState.class);

    Outlet<PersonInput> found = role.outlet(FindPerson.NAME);
    Outlet<PersonMessage> ofItself = role.outlet(FindPerson.NAME);
    Outlet<ErasureOrder> erased = role.outlet(FindPerson.NAME);
    role.step(
            FindPerson.NAME,
            List.of(
                distinct,
                role.read(Topics.IDENTIFIER_SIGHTINGS),
                role.read(Topics.IDENTITY_ASSIGNMENTS),
                toErase),
            () -> new FindPerson(rules.identity(), found, ofItself, erased, metrics))
        .uses(identifiers)
        .uses(marks)
        .uses(store(FindPerson.LINKS, LinkState.class))
        .writes(Topics.IDENTITY_LINKS, Topics.IDENTIFIER_SIGHTINGS, Topics.PERSON_MESSAGES)
        .writes(Topics.ERASE_PEOPLE, Topics.DEAD_LETTERS);

    Outlet<PersonInput> met = role.outlet(MeetPerson.NAME);
    role.step(
            MeetPerson.NAME,
            List.of(ofItself, role.read(Topics.PERSON_MESSAGES), erased),
            () -> new MeetPerson(rules.identity(), met, metrics))
        // It reads what the home of the identifier with the person's id knows.
        .uses(identifiers)
        .uses(members)
        .uses(store(PeopleRows.TO_WRITE, Serdes.Long()))
        .uses(marks)
        .writes(Topics.PERSON_MESSAGES, Topics.PEOPLE)
        .writes(Topics.EVENTS_SUPPRESSED, Topics.DEAD_LETTERS);
    eraseOnRequest(role, identifiers, members);
    return List.of(found, met);
  }

  /** It reads what the homes and the people know, and orders what the command erase orders. */
  private void eraseOnRequest(
      RoleBuilder role, StoreBuilder<?> identifiers, StoreBuilder<?> members) {
    role.step(
            EraseOnRequest.NAME,
            role.read(Topics.ERASURE_REQUESTS),
            () -> new EraseOnRequest(rules.identity().erasureRequests(), metrics))
        .uses(identifiers)
        .uses(members)
        .writes(Topics.ERASURE_REQUESTS, Topics.ERASURES, Topics.IDENTITY_DECISIONS)
        .writes(Topics.ERASE_PEOPLE, Topics.ERASE_RECORDS, Topics.PEOPLE)
        .writes(Topics.LEAD_SCORES, Topics.LEAD_SCORES_COMPARED, Topics.DEAD_LETTERS);
  }

  private void scoreLeads(RoleBuilder role, Outlet<Behaviour> recognized) {
    Outlet<ScoreMessage> batched = role.outlet(BatchEngagement.NAME);
    role.step(
            BatchEngagement.NAME, recognized, () -> new BatchEngagement(caughtUp, batched, metrics))
        .uses(store(OpenPanes.PANES, OpenPane.class))
        .writes(Topics.ENGAGEMENT_BATCHES, Topics.DEAD_LETTERS);

    Outlet<ScoreMessage> detected = role.outlet(DetectSignals.NAME);
    role.step(
            DetectSignals.NAME,
            recognized,
            () -> new DetectSignals(rules.engagement().signals(), detected, metrics))
        .uses(store(DetectSignals.MEMORY, SignalMemory.class))
        .writes(Topics.SIGNALS_DETECTED, Topics.PERSON_MESSAGES, Topics.DEAD_LETTERS);

    role.step(CountUsage.NAME, recognized, () -> new CountUsage(rules.usage(), metrics))
        .uses(store(CountUsage.MEMORY, UsageMemory.class))
        .writes(Topics.USAGE_COUNTED, Topics.PERSON_MESSAGES, Topics.DEAD_LETTERS);

    role.step(
            ScoreLeads.NAME,
            List.of(batched, detected),
            () ->
                new ScoreLeads(
                    rules.engagement().scoring(), rules.engagement().candidate(), metrics))
        .uses(store(ScoreLeads.MEMORY, ScoreMemory.class))
        .writes(Topics.LEAD_SCORES, Topics.LEAD_SCORES_CHANGED, Topics.LEAD_SCORES_COMPARED)
        .writes(Topics.PERSON_MESSAGES, Topics.EVENTS_ORDERED, Topics.DEAD_LETTERS);
  }

  /** People belong to accounts, which get their scores and signals from them. */
  public Topology accounts() {
    return accounts(new Topology());
  }

  /** The same, built into a topology whose configuration may wrap every step. */
  public Topology accounts(Topology topology) {
    return new AccountsTopology(topology, serdes, rules, metrics, this::store).build();
  }

  /** Identifiers that are linked become one person, or one account. */
  public Topology identity() {
    return identity(new Topology());
  }

  public Topology identity(Topology topology) {
    RoleBuilder role = new RoleBuilder(topology, serdes);
    role.step(
            DecideIdentities.NAME,
            List.of(role.read(Topics.IDENTITY_LINKS), role.read(Topics.IDENTITY_DECISIONS)),
            () -> new DecideIdentities(rules.identity(), metrics))
        .uses(store(DecideIdentities.NODES, GraphNode.class))
        .writes(Topics.IDENTITY_ASSIGNMENTS, Topics.IDENTITIES_CHANGED, Topics.DEAD_LETTERS);
    return role.build();
  }

  private Outlet<Event> dropDuplicates(
      RoleBuilder role, DropDuplicates.Names names, Outlet<Event> arrived) {
    Outlet<Event> distinct = role.outlet(names.step());
    role.step(
            names.step(),
            arrived,
            () -> new DropDuplicates(names, windows, idsKept, distinct, metrics))
        .uses(seenEventIds(names.store()))
        .writes(Topics.EVENTS_DUPLICATE, Topics.DEAD_LETTERS);
    return distinct;
  }

  /** Every put must be visible at once and durable, so caching is off and logging is on. */
  public StoreBuilder<WindowStore<String, SeenEvent>> seenEventIds(String name) {
    return Stores.windowStoreBuilder(
            stores.window(name, idsKept, Deduplication.reach(windows.longestDedupe())),
            Serdes.String(),
            StateSerde.of(SeenEvent.class))
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }

  /** How many RocksDB instances one partition of a store has. */
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

package io.millrace.bench.ledger;

import io.millrace.audit.Outcome;
import io.millrace.audit.Place;
import io.millrace.audit.Proof;
import io.millrace.bench.simulator.RequestTag;
import io.millrace.event.CrmAccount;
import io.millrace.event.CrmContact;
import io.millrace.event.CrmDeal;
import io.millrace.event.CrmLead;
import io.millrace.event.Delivery;
import io.millrace.event.LeadScore;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.OwnEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads the topics and the warehouse into plain values. Keeps what it has read, so that the next
 * call reads only new records. Not thread-safe.
 */
public final class Observer {
  private final TopicReader topics;
  private final EventCounter counter;
  private final Proof proof;
  private final Warehouse warehouse;
  private final List<WarehouseTable> tables;

  private final List<StoredDelivery> deliveries = new ArrayList<>();
  private final List<SeenEvent> events = new ArrayList<>();
  private final List<SeenBatch> batches = new ArrayList<>();
  private final List<SeenSignal> signals = new ArrayList<>();
  private final List<ScoreStep> changes = new ArrayList<>();
  private final Map<String, Integer> scores = new HashMap<>();
  private final Committed committed = new Committed();

  public Observer(
      TopicReader topics,
      EventCounter counter,
      Proof proof,
      Warehouse warehouse,
      List<WarehouseTable> tables) {
    this.topics = topics;
    this.counter = counter;
    this.proof = proof;
    this.warehouse = warehouse;
    this.tables = List.copyOf(tables);
  }

  /** Reads new records and returns everything known. */
  public Observations look() {
    readDeliveries();
    readOutcomes();
    readEngagement();
    state(Topics.CRM_LEADS, CrmLead::getId);
    state(Topics.CRM_CONTACTS, CrmContact::getId);
    state(Topics.CRM_DEALS, CrmDeal::getId);
    state(Topics.CRM_ACCOUNTS, CrmAccount::getId);
    return new Observations(
        deliveries, events, proof.look(), batches, signals, changes, scores, records(), tables());
  }

  private void readDeliveries() {
    topics.read(
        Topics.DELIVERIES_RECEIVED,
        (key, value, partition, offset) ->
            value.ifPresent(delivery -> deliveries.add(stored(delivery, partition, offset))));
  }

  private StoredDelivery stored(Delivery delivery, int partition, long offset) {
    List<String> tags =
        delivery.getHeaders().getOrDefault(RequestTag.HEADER.toLowerCase(Locale.ROOT), List.of());
    return new StoredDelivery(
        Place.ofDelivery(partition, offset),
        delivery.getDeliveryId(),
        delivery.getSource(),
        tags.stream().findFirst().flatMap(RequestTag::parse),
        counter.parts(delivery, partition, offset));
  }

  private void readOutcomes() {
    topics.read(
        Topics.EVENTS_ORDERED,
        (key, value, partition, offset) -> {
          value
              .filter(event -> !OwnEvents.is(event))
              .ifPresent(event -> events.add(SeenEvents.of(Outcome.ORDERED, event)));
          committed.put(Topics.EVENTS_ORDERED.name(), place(partition, offset));
        });
    topics.read(
        Topics.EVENTS_LATE,
        (key, value, partition, offset) ->
            value.map(event -> SeenEvents.of(Outcome.LATE, event)).ifPresent(events::add));
    topics.read(
        Topics.EVENTS_DUPLICATE,
        (key, value, partition, offset) -> value.map(SeenEvents::of).ifPresent(events::add));
    topics.read(
        Topics.DEAD_LETTERS,
        (key, value, partition, offset) -> value.map(SeenEvents::of).ifPresent(events::add));
  }

  private void readEngagement() {
    topics.read(
        Topics.ENGAGEMENT_BATCHES,
        (key, value, partition, offset) ->
            value.ifPresent(
                batch -> {
                  batches.add(
                      new SeenBatch(
                          batch.getBatchId(),
                          batch.getPerson(),
                          batch.getWindowStart(),
                          batch.getEvents()));
                  committed.put(Topics.ENGAGEMENT_BATCHES.name(), place(partition, offset));
                }));
    topics.read(
        Topics.SIGNALS_DETECTED,
        (key, value, partition, offset) ->
            value.ifPresent(
                signal -> {
                  signals.add(
                      new SeenSignal(
                          signal.getSignalId(),
                          signal.getPerson(),
                          !"RETRACTED".equals(signal.getStatus())));
                  committed.put(Topics.SIGNALS_DETECTED.name(), place(partition, offset));
                }));
    topics.read(
        Topics.LEAD_SCORES_CHANGED,
        (key, value, partition, offset) ->
            value.ifPresent(
                change -> {
                  changes.add(
                      new ScoreStep(
                          change.getPerson(), change.getPreviousScore(), change.getScore()));
                  committed.put(Topics.LEAD_SCORES_CHANGED.name(), place(partition, offset));
                }));
    topics.read(Topics.LEAD_SCORES, (key, value, partition, offset) -> score(key, value));
  }

  private void score(String person, Optional<LeadScore> value) {
    if (value.isPresent()) {
      scores.put(person, value.get().getScore());
      committed.put(Topics.LEAD_SCORES.name(), person);
    } else {
      scores.remove(person);
      committed.remove(Topics.LEAD_SCORES.name(), person);
    }
  }

  private <V extends SpecificRecord> void state(Topic<V> topic, Function<V, String> id) {
    topics.read(
        topic,
        (key, value, partition, offset) ->
            value
                .map(id)
                .ifPresentOrElse(
                    standing -> committed.put(topic.name(), standing),
                    () -> committed.remove(topic.name(), key)));
  }

  /** The id of a row in tables of facts. */
  private static String place(int partition, long offset) {
    return partition + "/" + offset;
  }

  private Map<String, Set<String>> records() {
    return Map.of(
        "lead", committed.of(Topics.CRM_LEADS.name()),
        "contact", committed.of(Topics.CRM_CONTACTS.name()),
        "deal", committed.of(Topics.CRM_DEALS.name()),
        "account", committed.of(Topics.CRM_ACCOUNTS.name()));
  }

  private List<TableRows> tables() {
    return tables.stream()
        .map(
            table ->
                new TableRows(
                    table.table(),
                    committed.of(table.topic()),
                    warehouse.ids(table.table(), table.idColumns())))
        .toList();
  }
}

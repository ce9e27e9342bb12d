package io.millrace.audit;

import io.millrace.audit.AuditReport.Excluded;
import io.millrace.audit.Finding.Kind;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.flow.Admission;
import io.millrace.flow.DeliveryNormalizer;
import io.millrace.flow.order.SourceWindows;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader.Sink;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Compares every part of every delivery with its outcome. The deliveries are read once; each
 * further look reads the outcomes since. Not thread-safe.
 */
public final class Audit {
  private final AuditTopics topics;
  private final DeliveryNormalizer normalizer;
  private final AuditScope scope;
  private final Discrepancies discrepancies;
  private final Accounts accounts;
  private Set<Part> waiting = Set.of();
  private List<String> behind = List.of();

  /**
   * @param normalizer normalizes a delivery as the flow does
   * @param windows the dedupe window of every source
   * @param limit how many findings of each kind are reported in full
   */
  public Audit(
      AuditTopics topics,
      DeliveryNormalizer normalizer,
      SourceWindows windows,
      AuditScope scope,
      int limit) {
    this.topics = topics;
    this.normalizer = normalizer;
    this.scope = scope;
    this.discrepancies = new Discrepancies(limit);
    this.accounts = new Accounts(scope, windows, discrepancies);
  }

  /**
   * Reads the deliveries; later arrivals are not audited.
   *
   * @return one past the last delivery of each partition that counts
   */
  public Map<Integer, Long> open() {
    topics.deliveryEnds().get().forEach(accounts::mustKnow);
    read(
        Topics.DELIVERIES_RECEIVED,
        Position::ofDelivery,
        (key, delivery, partition, offset) ->
            accounts.open(
                delivery,
                partition,
                offset,
                () -> normalizer.normalize(delivery, partition, offset)));
    return Map.copyOf(accounts.cutoff());
  }

  /**
   * Reads the outcomes of the deliveries. First the progress of the flow, then the waiting events,
   * then the outcomes: so an event that moves in between is seen at least once.
   *
   * @return whether every part is accounted for, or known to be missing
   */
  public boolean look(FlowBacklog flow) {
    readOutcomes();
    if (accounts.isSettledBut(Set.of())) {
      waiting = Set.of();
      behind = List.of();
      return true;
    }
    behind = flow.behind();
    waiting = waiting();
    readOutcomes();
    if (accounts.isSettledBut(waiting)) {
      behind = List.of();
    }
    return behind.isEmpty();
  }

  /** The findings so far. */
  public AuditReport report() {
    Discrepancies found = discrepancies.copy();
    accounts.checkDropped(found);
    UnaccountedOutcomes unaccounted = accounts.unaccounted();
    unaccounted.checkLater(topics.deliveryEnds().get(), found);
    Tally tally = new Tally(accounts, waiting, !behind.isEmpty(), found);
    Details details = new Details(accounts, topics.records(), normalizer);
    return new AuditReport(
        tally.extent(),
        tally.hours(),
        found.counts(),
        found.kept().stream().map(details::of).toList(),
        behind,
        new Excluded(unaccounted.raised(), unaccounted.expired(), unaccounted.later()));
  }

  private Set<Part> waiting() {
    Set<Part> parts = new HashSet<>();
    for (Lineage lineage : topics.held().look()) {
      accounts.find(lineage).ifPresent(parts::add);
    }
    return parts;
  }

  private void readOutcomes() {
    readAdmitted(Topics.EVENTS_ORDERED, Outcome.ORDERED);
    readAdmitted(Topics.EVENTS_LATE, Outcome.LATE);
    read(
        Topics.EVENTS_DUPLICATE,
        (partition, offset) -> Position.of(Outcome.DUPLICATE, partition, offset),
        (key, dropped, partition, offset) ->
            accounts.book(OutcomeRecord.of(dropped, partition, offset)));
    read(
        Topics.EVENTS_SUPPRESSED,
        (partition, offset) -> Position.of(Outcome.SUPPRESSED, partition, offset),
        (key, suppressed, partition, offset) ->
            accounts.book(OutcomeRecord.of(suppressed, partition, offset)));
    read(
        Topics.DEAD_LETTERS,
        (partition, offset) -> Position.of(Outcome.DEAD, partition, offset),
        (key, letter, partition, offset) -> {
          // A failure after the admission is in addition to the event, and is not an outcome.
          if (!Admission.precedes(letter.getAttempts().getLast().getStage())) {
            accounts.book(OutcomeRecord.of(letter, partition, offset));
          }
        });
  }

  private void readAdmitted(Topic<Event> topic, Outcome outcome) {
    read(
        topic,
        (partition, offset) -> Position.of(outcome, partition, offset),
        (key, event, partition, offset) -> {
          OutcomeRecord record = OutcomeRecord.of(event, outcome, partition, offset);
          accounts.book(record);
          if (!key.equals(EventKeys.record(event))
              && scope.covers(record.source(), record.receivedAt())) {
            discrepancies.add(Discrepancy.about(Kind.DIFFERS, record.position()));
          }
        });
  }

  private <V extends SpecificRecord> void read(
      Topic<V> topic, Positions positions, Taker<V> taker) {
    topics
        .events()
        .read(
            topic,
            new Sink<V>() {
              @Override
              public void take(String key, Optional<V> value, int partition, long offset) {
                if (value.isPresent() && key != null) {
                  taker.take(key, value.get(), partition, offset);
                } else {
                  foreign(partition, offset);
                }
              }

              @Override
              public void foreign(int partition, long offset) {
                discrepancies.add(Discrepancy.about(Kind.FOREIGN, positions.of(partition, offset)));
              }
            });
  }

  /** Numbers the records of one topic. */
  private interface Positions {
    long of(int partition, long offset);
  }

  /** Receives the audited records of one topic. */
  private interface Taker<V> {
    void take(String key, V value, int partition, long offset);
  }
}

package io.millrace.bench.ledger;

import io.millrace.audit.AuditReport;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The content of the topics and the warehouse, of all runs and all senders.
 *
 * @param events every record of events-ordered, events-duplicate, events-late and dead-letters that
 *     comes from a delivery; those of one key in the order of their topic
 * @param proof what the audit finds in the topics
 * @param changes every record of lead-scores-changed; those of one person in the topic's order
 * @param scores the current score of each person
 * @param records the ids of the current records, by type
 */
public record Observations(
    List<StoredDelivery> deliveries,
    List<SeenEvent> events,
    AuditReport proof,
    List<SeenBatch> batches,
    List<SeenSignal> signals,
    List<ScoreStep> changes,
    Map<String, Integer> scores,
    Map<String, Set<String>> records,
    List<TableRows> tables) {

  public Observations {
    deliveries = List.copyOf(deliveries);
    events = List.copyOf(events);
    batches = List.copyOf(batches);
    signals = List.copyOf(signals);
    changes = List.copyOf(changes);
    scores = Map.copyOf(scores);
    records = Map.copyOf(records);
    tables = List.copyOf(tables);
  }
}

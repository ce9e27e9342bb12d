package io.millrace.audit;

import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.event.SuppressedEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * A record of an outcome's topic, which states how a part of a delivery ended.
 *
 * @param position the outcome, and the record's position
 * @param receivedAt when the delivery arrived according to the record
 * @param lineage the part
 * @param identity of the event
 * @param admission of the event within its record, the scope of deduplication
 * @param content of the event
 * @param comparable the known bits of the content
 * @param first the part that was admitted instead, if it was dropped
 */
public record OutcomeRecord(
    long position,
    String source,
    Instant receivedAt,
    Lineage lineage,
    long identity,
    long admission,
    long content,
    long comparable,
    Optional<Lineage> first) {

  public static OutcomeRecord of(Event event, Outcome outcome, int partition, long offset) {
    long identity = Fingerprint.identity(event.getSource(), event.getEventId());
    return new OutcomeRecord(
        Position.of(outcome, partition, offset),
        event.getSource(),
        event.getReceivedAt(),
        event.getMetadata().getLineage(),
        identity,
        Fingerprint.admission(identity, event.getRecord()),
        Fingerprint.content(event),
        Fingerprint.ALL,
        Optional.empty());
  }

  static OutcomeRecord of(DuplicateEvent event, int partition, long offset) {
    long identity = Fingerprint.identity(event.getSource(), event.getEventId());
    return new OutcomeRecord(
        Position.of(Outcome.DUPLICATE, partition, offset),
        event.getSource(),
        event.getReceivedAt(),
        event.getLineage(),
        identity,
        Fingerprint.admission(identity, event.getRecord()),
        Fingerprint.subject(event.getEventType(), event.getRecord(), event.getOccurredAt()),
        Fingerprint.SUBJECT,
        Optional.of(event.getFirst()));
  }

  static OutcomeRecord of(DeadLetter letter, int partition, long offset) {
    long content = subject(letter);
    long identity = identity(letter);
    return new OutcomeRecord(
        Position.of(Outcome.DEAD, partition, offset),
        letter.getSource(),
        letter.getReceivedAt(),
        letter.getLineage(),
        identity,
        letter
            .getRecord()
            .filter(record -> identity != Fingerprint.UNKNOWN)
            .map(record -> Fingerprint.admission(identity, record))
            .orElse(Fingerprint.UNKNOWN),
        content,
        content == Fingerprint.UNKNOWN ? 0 : Fingerprint.SUBJECT,
        Optional.empty());
  }

  /** Nothing but its part is known of it: neither its id nor its content is kept. */
  static OutcomeRecord of(SuppressedEvent event, int partition, long offset) {
    return new OutcomeRecord(
        Position.of(Outcome.SUPPRESSED, partition, offset),
        event.getSource(),
        event.getReceivedAt(),
        event.getLineage(),
        Fingerprint.UNKNOWN,
        Fingerprint.UNKNOWN,
        Fingerprint.UNKNOWN,
        0,
        Optional.empty());
  }

  Outcome outcome() {
    return Position.outcome(position);
  }

  /** The hash of a dead letter's event, if its id could be read. */
  static long identity(DeadLetter letter) {
    return letter
        .getEventId()
        .map(id -> Fingerprint.identity(letter.getSource(), id))
        .orElse(Fingerprint.UNKNOWN);
  }

  private static long subject(DeadLetter letter) {
    Optional<RecordRef> record = letter.getRecord();
    Optional<Instant> occurredAt = letter.getOccurredAt();
    Optional<String> type = letter.getEventType();
    return record.isPresent() && occurredAt.isPresent() && type.isPresent()
        ? Fingerprint.subject(type.get(), record.get(), occurredAt.get())
        : Fingerprint.UNKNOWN;
  }
}

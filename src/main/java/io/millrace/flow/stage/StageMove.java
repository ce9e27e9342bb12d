package io.millrace.flow.stage;

import io.millrace.event.RecordRef;
import io.millrace.event.StageChange;
import io.millrace.event.StageMark;
import io.millrace.model.EventOrder;
import java.util.Optional;

/**
 * A change found in a history. There are many for each announced one, so it is cheap.
 *
 * @param claimed the previous stage according to the sender
 * @param known the previous stage according to the history
 */
record StageMove(
    StageMark mark,
    String field,
    Optional<String> from,
    Optional<String> to,
    Lifecycle.Judgement judgement,
    Optional<String> claimed,
    Optional<String> known) {

  /** Identifies it among the changes of its record. */
  String key() {
    return field + '|' + mark.getEventId();
  }

  /** Whether it looks the same to readers. */
  boolean looksLike(StageMove other) {
    return from.equals(other.from)
        && to.equals(other.to)
        && judgement.equals(other.judgement)
        && claimed.equals(other.claimed)
        && isContradicted() == other.isContradicted()
        && mark.getStamp().equals(other.mark.getStamp());
  }

  StageChange announced(String status, RecordRef record, Lifecycle lifecycle) {
    return StageChange.newBuilder()
        .setChangeId(record.getType() + '/' + record.getId() + '|' + key())
        .setStatus(status)
        .setRecord(record)
        .setLifecycle(lifecycle.name())
        .setField(field)
        .setFromStage(from.orElse(null))
        .setToStage(to.orElse(null))
        .setSkipped(judgement.skipped())
        .setVerdict(judgement.verdict().name())
        .setOutcome(outcome(lifecycle).orElse(null))
        .setClaimedPrevious(claimed.orElse(null))
        .setContradicted(isContradicted())
        .setEventId(mark.getEventId())
        .setOccurredAt(EventOrder.occurredAt(mark.getStamp()))
        .build();
  }

  private Optional<String> outcome(Lifecycle lifecycle) {
    return field.equals(lifecycle.field()) ? to.flatMap(lifecycle::outcome) : Optional.empty();
  }

  private boolean isContradicted() {
    return claimed.isPresent() && known.isPresent() && !claimed.equals(known);
  }
}

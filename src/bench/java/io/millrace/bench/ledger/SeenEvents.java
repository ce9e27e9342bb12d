package io.millrace.bench.ledger;

import io.millrace.audit.Outcome;
import io.millrace.audit.Place;
import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.model.RecordTypes;

/** Converts the content of the four outcome topics to seen events. */
final class SeenEvents {
  private SeenEvents() {}

  static SeenEvent of(Outcome outcome, Event event) {
    Lineage lineage = event.getMetadata().getLineage();
    return new SeenEvent(
        outcome,
        event.getSource(),
        event.getSource() + "/" + event.getEventId() + "#" + event.getMetadata().getReplay(),
        key(event.getRecord()),
        RecordTypes.isPerson(event.getRecord()),
        place(lineage),
        lineage.getIndex(),
        event.getReceivedAt());
  }

  static SeenEvent of(DuplicateEvent event) {
    return new SeenEvent(
        Outcome.DUPLICATE,
        event.getSource(),
        event.getSource() + "/" + event.getEventId(),
        key(event.getRecord()),
        RecordTypes.isPerson(event.getRecord()),
        place(event.getLineage()),
        event.getLineage().getIndex(),
        event.getReceivedAt());
  }

  static SeenEvent of(DeadLetter letter) {
    return new SeenEvent(
        Outcome.DEAD,
        letter.getSource(),
        letter.getDeadLetterId(),
        letter.getRecord().map(SeenEvents::key).orElse(""),
        letter.getRecord().filter(RecordTypes::isPerson).isPresent(),
        place(letter.getLineage()),
        letter.getLineage().getIndex(),
        letter.getReceivedAt());
  }

  private static String key(RecordRef record) {
    return record.getType() + "/" + record.getId();
  }

  private static Place place(Lineage lineage) {
    return Place.ofDelivery(lineage.getPartition(), lineage.getOffset());
  }
}

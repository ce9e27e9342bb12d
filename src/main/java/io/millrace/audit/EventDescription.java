package io.millrace.audit;

import io.millrace.audit.Finding.EventName;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.event.SuppressedEvent;
import io.millrace.normalize.Normalized;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** The description of an event by a record or a part of a delivery, as far as known. */
record EventDescription(
    String source,
    Instant receivedAt,
    Lineage lineage,
    Optional<String> id,
    Optional<String> type,
    Optional<String> record,
    Optional<Instant> occurredAt,
    Optional<Event> event) {
  private static final int LONGEST_LIST = 10;

  static EventDescription of(Event event) {
    return new EventDescription(
        event.getSource(),
        event.getReceivedAt(),
        event.getMetadata().getLineage(),
        Optional.of(event.getEventId()),
        Optional.of(event.getEventType()),
        Optional.of(name(event.getRecord())),
        Optional.of(event.getOccurredAt()),
        Optional.of(event));
  }

  static EventDescription of(DuplicateEvent event) {
    return new EventDescription(
        event.getSource(),
        event.getReceivedAt(),
        event.getLineage(),
        Optional.of(event.getEventId()),
        Optional.of(event.getEventType()),
        Optional.of(name(event.getRecord())),
        Optional.of(event.getOccurredAt()),
        Optional.empty());
  }

  static EventDescription of(SuppressedEvent event) {
    return new EventDescription(
        event.getSource(),
        event.getReceivedAt(),
        event.getLineage(),
        Optional.empty(),
        Optional.of(event.getEventType()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static EventDescription of(DeadLetter letter) {
    return new EventDescription(
        letter.getSource(),
        letter.getReceivedAt(),
        letter.getLineage(),
        letter.getEventId(),
        letter.getEventType(),
        letter.getRecord().map(EventDescription::name),
        letter.getOccurredAt(),
        Optional.empty());
  }

  static EventDescription of(Delivery delivery, Normalized part) {
    return switch (part) {
      case Normalized.Event found -> of(found.event());
      case Normalized.Refused refused -> of(refused.deadLetter());
      case Normalized.Nothing nothing ->
          new EventDescription(
              delivery.getSource(),
              delivery.getReceivedAt(),
              nothing.lineage(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
    };
  }

  Optional<EventName> name() {
    return id.or(() -> type)
        .map(any -> new EventName(id.orElse("?"), type.orElse("?"), record.orElse("?")));
  }

  /** The differences from another description, for messages. */
  List<String> differences(EventDescription other) {
    List<String> differences = new ArrayList<>();
    compare("source", Optional.of(source), Optional.of(other.source), differences);
    compare("received_at", Optional.of(receivedAt), Optional.of(other.receivedAt), differences);
    compare("event_id", id, other.id, differences);
    compare("event_type", type, other.type, differences);
    compare("record", record, other.record, differences);
    compare("occurred_at", occurredAt, other.occurredAt, differences);
    if (event.isPresent() && other.event.isPresent()) {
      fields("data", event.get().getData(), other.event.get().getData(), differences);
      fields("previous", event.get().getPrevious(), other.event.get().getPrevious(), differences);
    }
    return differences;
  }

  private static void compare(
      String name, Optional<?> here, Optional<?> there, List<String> differences) {
    if (here.isPresent() && there.isPresent() && !here.equals(there)) {
      differences.add("%s is %s, not %s".formatted(name, here.get(), there.get()));
    }
  }

  /** Names only: values can be personal. */
  private static void fields(
      String name, Map<String, String> here, Map<String, String> there, List<String> differences) {
    TreeSet<String> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    names.removeIf(
        field ->
            here.containsKey(field) == there.containsKey(field)
                && Objects.equals(here.get(field), there.get(field)));
    if (!names.isEmpty()) {
      differences.add(
          "%s differs in %s"
              .formatted(name, String.join(", ", names.stream().limit(LONGEST_LIST).toList())));
    }
  }

  private static String name(RecordRef record) {
    return record.getType() + '/' + record.getId();
  }
}

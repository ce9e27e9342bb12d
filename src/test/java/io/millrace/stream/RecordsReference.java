package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.kafka.Topic;
import io.millrace.rule.CrmRecords;
import io.millrace.rule.EventKeys;
import io.millrace.rule.VisibleRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** What the tables of records must hold: one sorted list of events, applied from front to back. */
final class RecordsReference {
  static final List<Topic<?>> TOPICS =
      List.of(Topics.CRM_LEADS, Topics.CRM_CONTACTS, Topics.CRM_DEALS, Topics.CRM_ACCOUNTS);

  private static final Comparator<Event> IN_ORDER =
      Comparator.comparing(Event::getOccurredAt)
          .thenComparingInt(RecordsReference::rank)
          .thenComparing(event -> event.getMetadata().getSequence().orElse(Long.MIN_VALUE))
          .thenComparing(EventKeys::identity);

  private final Collection<Event> events;

  RecordsReference(Collection<Event> events) {
    this.events = events;
  }

  /** The rows that stand in the end, by topic and id. */
  SortedMap<String, SpecificRecord> rows() {
    SortedMap<String, SpecificRecord> rows = new TreeMap<>();
    events.stream()
        .collect(Collectors.groupingBy(EventKeys::record))
        .forEach(
            (record, history) -> {
              String[] name = record.split("/", 2);
              end(name[0], history)
                  .ifPresent(end -> rows.put("crm-" + name[0] + "s " + name[1], row(name, end)));
            });
    return rows;
  }

  private static SpecificRecord row(String[] name, VisibleRecord record) {
    return switch (name[0]) {
      case "lead" -> CrmRecords.lead(name[1], record);
      case "contact" -> CrmRecords.contact(name[1], record);
      case "deal" -> CrmRecords.deal(name[1], record);
      default -> CrmRecords.account(name[1], record);
    };
  }

  private static Optional<VisibleRecord> end(String type, List<Event> history) {
    Life life = new Life();
    boolean gone = false;
    for (Event event : history.stream().sorted(IN_ORDER).toList()) {
      if (event.getEventType().endsWith(".deleted")) {
        life = new Life();
        gone = true;
      } else {
        gone &= !isCreation(event);
        life.add(type, event);
      }
    }
    return gone ? Optional.empty() : life.visible();
  }

  private static boolean isCreation(Event event) {
    return event.getEventType().endsWith(".created") || event.getEventType().endsWith(".restored");
  }

  private static int rank(Event event) {
    if (isCreation(event)) {
      return 0;
    }
    return event.getEventType().endsWith(".deleted") ? 2 : 1;
  }

  /** What is known since the last deletion. */
  private static final class Life {
    private final SortedMap<String, String> fields = new TreeMap<>();
    private final TreeSet<String> sources = new TreeSet<>();
    private Optional<Instant> created = Optional.empty();
    private Optional<Instant> updated = Optional.empty();

    void add(String type, Event event) {
      if (isCreation(event)) {
        created = Optional.of(event.getOccurredAt());
      }
      updated = Optional.of(event.getOccurredAt());
      sources.add(event.getSource());
      event.getData().forEach(this::write);
      boolean isPerson = type.equals("lead") || type.equals("contact");
      if (isPerson && !event.getData().containsKey("email")) {
        event
            .getPerson()
            .flatMap(person -> person.getEmail())
            .ifPresent(email -> write("email", email));
      }
    }

    private void write(String name, String value) {
      if (value == null) {
        fields.remove(name);
      } else {
        fields.put(name, value);
      }
    }

    Optional<VisibleRecord> visible() {
      return updated.map(at -> new VisibleRecord(fields, List.copyOf(sources), created, at));
    }
  }
}

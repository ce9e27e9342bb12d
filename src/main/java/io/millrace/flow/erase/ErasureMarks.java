package io.millrace.flow.erase;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.model.EventKeys;
import io.millrace.model.RecordTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What was erased in a partition, in memory: without an erasure of the last weeks, to ask costs
 * nothing. The first step of a role writes the marks; later ones of the same partition learn each
 * order as it passes them.
 */
public final class ErasureMarks {
  /** The store of the identifiers that were erased at home in a partition, or at their person. */
  public static final String OF_PEOPLE = "erased-people";

  private final KeyValueStore<String, ErasureOrder> rows;
  private final Map<String, ErasureOrder> known = new HashMap<>();

  public ErasureMarks(KeyValueStore<String, ErasureOrder> rows) {
    this.rows = rows;
    try (KeyValueIterator<String, ErasureOrder> marks = rows.all()) {
      marks.forEachRemaining(row -> known.put(row.key, row.value));
    }
  }

  /** Remembers an order. */
  void write(ErasureOrder order) {
    learn(order)
        .ifPresent(
            mark -> {
              rows.put(mark.getSubject(), mark);
              known.put(mark.getSubject(), mark);
            });
  }

  /** Learns of an order that the first step has written; its mark, if it is news. */
  public Optional<ErasureOrder> learn(ErasureOrder order) {
    String key = ErasedSubjects.key(order.getSubject());
    ErasureOrder before = known.get(key);
    if (before != null && !before.getRequestedAt().isBefore(order.getRequestedAt())) {
      return Optional.empty();
    }
    Instant old = order.getRequestedAt().minus(ErasedSubjects.KEPT);
    known.values().removeIf(mark -> mark.getRequestedAt().isBefore(old));
    ErasureOrder mark = ErasureOrder.newBuilder(order).setSubject(key).build();
    known.put(key, mark);
    return Optional.of(mark);
  }

  /**
   * The order that erased an identifier.
   *
   * @param arrival of what is on its way, milliseconds since the epoch
   */
  public Optional<ErasureOrder> ofIdentifier(String identifier, long arrival) {
    return known.isEmpty()
        ? Optional.empty()
        : find(EventKeys.record(new RecordRef(RecordTypes.PERSON, identifier)), arrival);
  }

  /** The order that erased what an event is about, or an identifier that it names. */
  public Optional<ErasureOrder> of(Event event) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    long arrival = event.getReceivedAt().toEpochMilli();
    Optional<ErasureOrder> order = find(EventKeys.record(event), arrival);
    for (Identifier each :
        event.getPerson().map(PersonIdentity::getIdentifiers).orElse(List.of())) {
      order = order.isPresent() ? order : ofIdentifier(each.getId(), arrival);
    }
    return order;
  }

  private Optional<ErasureOrder> find(String subject, long arrival) {
    return Optional.ofNullable(known.get(ErasedSubjects.key(subject)))
        .filter(order -> ErasedSubjects.covers(order, arrival));
  }

  /** What was ordered so long ago has nothing on its way any more. */
  void forgetOld(long now) {
    long old = now - ErasedSubjects.KEPT.toMillis();
    List<String> forgotten = new ArrayList<>();
    try (KeyValueIterator<String, ErasureOrder> marks = rows.all()) {
      marks.forEachRemaining(
          row -> {
            if (row.value.getRequestedAt().toEpochMilli() < old) {
              forgotten.add(row.key);
            }
          });
    }
    for (String key : forgotten) {
      known.remove(key);
      rows.put(key, null);
    }
  }
}

package io.millrace.flow.erase;

import io.millrace.event.Erasure;
import io.millrace.event.ErasureOrder;
import io.millrace.event.ErasureRequest;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.RecordRef;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import io.millrace.model.RecordTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an erasure writes. All of it can be written again: if writing stops half-way, the command is
 * simply repeated.
 *
 * @param erasureId a random id, or one made from a request
 * @param at when it was ordered
 * @param by who ordered it: a user of the command, or the source of the request
 * @param reason why
 */
public record ErasureWrites(String erasureId, Instant at, String by, String reason) {
  private static final String ERASED = "ERASED";
  private static final String WITHDRAWN = "WITHDRAWN";

  /**
   * A record to write.
   *
   * @param value a tombstone if empty
   */
  public record Write<V extends SpecificRecord>(Topic<V> topic, String key, Optional<V> value) {}

  /** What a sender's request writes. */
  public static ErasureWrites of(ErasureRequest request, Instant at) {
    return new ErasureWrites(idOf(request), at, request.getSource(), request.getEventType());
  }

  /** The id of a request's erasure: all requests of an event, and of its copies, are one. */
  public static String idOf(ErasureRequest request) {
    String identity = request.getSource() + '/' + request.getEventId();
    return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Everything to write, in this order: first what comes is suppressed, so that nothing returns
   * after it has been removed.
   */
  public List<Write<?>> erase(ErasedPerson person) {
    List<Write<?>> writes = new ArrayList<>();
    for (String id : person.identifierIds()) {
      Erasure erasure = new Erasure(id, person.kindOf(id), erasureId, at, by, reason);
      writes.add(new Write<>(Topics.ERASURES, id, Optional.of(erasure)));
    }
    for (String id : person.identifierIds()) {
      // Without its kind it is in no row and no decision is valid: what comes is suppressed.
      if (!person.kindOf(id).isEmpty()) {
        writes.add(
            new Write<>(Topics.IDENTITY_DECISIONS, id, Optional.of(decision(ERASED, person, id))));
      }
      writes.add(order(id, id));
      if (!id.equals(person.id())) {
        writes.add(order(person.id(), id));
      }
    }
    person.records().forEach(record -> writes.add(erase(record)));
    tombstones(person)
        .forEach((topic, keys) -> keys.forEach(key -> writes.add(tombstone(topic, key))));
    return writes;
  }

  /** The order to erase a record. */
  public Write<?> erase(RecordRef record) {
    String key = EventKeys.record(record);
    ErasureOrder order = new ErasureOrder(erasureId, key, at, null);
    return new Write<>(Topics.ERASE_RECORDS, key, Optional.of(order));
  }

  /** The rows about the person that the roles would leave, because they have no more events. */
  public static Map<Topic<?>, List<String>> tombstones(ErasedPerson person) {
    List<String> ids = List.copyOf(person.identifierIds());
    Map<Topic<?>, List<String>> rows = new LinkedHashMap<>();
    rows.put(Topics.PEOPLE, ids);
    rows.put(Topics.LEAD_SCORES, ids);
    rows.put(Topics.LEAD_SCORES_COMPARED, ids);
    return rows;
  }

  /** What lets erased identifiers come back: nothing that was erased returns by it. */
  public List<Write<?>> lift(ErasedPerson person) {
    List<Write<?>> writes = new ArrayList<>();
    for (String id : person.identifierIds()) {
      IdentityDecision withdrawn = decision(WITHDRAWN, person, id);
      writes.add(new Write<>(Topics.IDENTITY_DECISIONS, id, Optional.of(withdrawn)));
      writes.add(tombstone(Topics.ERASURES, id));
    }
    return writes;
  }

  private IdentityDecision decision(String decision, ErasedPerson person, String id) {
    return IdentityDecision.newBuilder()
        .setDecision(decision)
        .setFirst(new LinkedIdentifier(id, person.kindOf(id), systemOf(person, id)))
        .setReason(reason)
        .setDecidedBy(by)
        .setDecidedAt(at)
        .build();
  }

  private static String systemOf(ErasedPerson person, String id) {
    return person.identifiers().stream()
        .filter(each -> each.getId().equals(id))
        .map(each -> each.getSystem())
        .findFirst()
        .orElse("");
  }

  private Write<?> order(String key, String identifier) {
    String subject = EventKeys.record(new RecordRef(RecordTypes.PERSON, identifier));
    return new Write<>(
        Topics.ERASE_PEOPLE, key, Optional.of(new ErasureOrder(erasureId, subject, at, null)));
  }

  private static <V extends SpecificRecord> Write<V> tombstone(Topic<V> topic, String key) {
    return new Write<>(topic, key, Optional.empty());
  }
}

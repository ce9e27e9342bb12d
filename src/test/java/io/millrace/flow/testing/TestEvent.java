package io.millrace.flow.testing;

import io.millrace.event.Attempt;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.FieldProblem;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.kafka.topic.TrustedTypes;
import io.millrace.model.Assurance;
import io.millrace.model.EventOrder;
import io.millrace.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds events for tests; everything that is not said is the same for all. */
public final class TestEvent {
  private final String type;
  private final String record;
  private String id;
  private String source = "crm";
  private long occurredAt;
  private long receivedAt;
  private int index;
  private long offset;
  private int replay;
  private Optional<String> delivery = Optional.empty();
  private List<Attempt> attempts = List.of();
  private Optional<Long> sequence = Optional.empty();
  private Optional<String> email = Optional.empty();
  private final List<FieldProblem> problems = new ArrayList<>();
  private final Map<String, @Nullable String> data = new HashMap<>();
  private final Map<String, @Nullable String> previous = new HashMap<>();

  static {
    TrustedTypes.declare();
  }

  private TestEvent(String type, String record) {
    this.type = type;
    this.record = record;
    this.id = type;
  }

  /** An event such as {@code lead.created} of a record such as {@code lead/L-1}. */
  public static TestEvent of(String type, String record) {
    return new TestEvent(type, record);
  }

  /**
   * What events-ordered is sorted by: time, kind, number and place in the delivery, without what
   * only distinguishes events that are equal in all of these.
   */
  public static String place(Event event) {
    String position = EventOrder.position(event);
    return position.substring(0, position.indexOf('-') + 17);
  }

  public TestEvent id(String value) {
    id = value;
    return this;
  }

  public TestEvent source(String value) {
    source = value;
    return this;
  }

  public TestEvent at(long value) {
    occurredAt = value;
    return this;
  }

  public TestEvent received(long value) {
    receivedAt = value;
    return this;
  }

  public TestEvent index(int value) {
    index = value;
    return this;
  }

  public TestEvent offset(long value) {
    offset = value;
    return this;
  }

  public TestEvent replay(int value) {
    replay = value;
    return this;
  }

  /** The delivery it came in; one of its own otherwise. */
  public TestEvent delivery(String id) {
    delivery = Optional.of(id);
    return this;
  }

  /** It is the replay of a dead letter that failed in normalization. */
  public TestEvent failedBefore() {
    return failedIn("normalize-deliveries");
  }

  /** It is the replay of a dead letter that failed in these steps, one attempt each. */
  public TestEvent failedIn(String... steps) {
    attempts =
        Stream.of(steps)
            .map(
                step -> new Attempt(Instant.EPOCH, step, Reason.INVALID_FIELD.name(), "It failed."))
            .toList();
    return this;
  }

  public TestEvent sequence(long value) {
    sequence = Optional.of(value);
    return this;
  }

  public TestEvent email(String value) {
    email = Optional.of(value);
    return this;
  }

  public TestEvent data(String name, @Nullable String value) {
    data.put(name, value);
    return this;
  }

  public TestEvent previous(String name, @Nullable String value) {
    previous.put(name, value);
    return this;
  }

  /** One of its fields was bad. */
  public TestEvent problem(String field, String policy) {
    problems.add(new FieldProblem(field, "text", policy, null, field + " is bad"));
    return this;
  }

  public Event build() {
    String[] reference = record.split("/", 2);
    return Event.newBuilder()
        .setEventId(id)
        .setEventType(type)
        .setSource(source)
        .setOccurredAt(Instant.ofEpochMilli(occurredAt))
        .setReceivedAt(Instant.ofEpochMilli(receivedAt))
        .setRecord(new RecordRef(reference[0], reference[1]))
        .setPerson(email.map(TestEvent::person).orElse(null))
        .setData(data)
        .setPrevious(previous)
        .setMetadata(
            EventMetadata.newBuilder()
                .setAssurance(Assurance.BODY_SIGNED.name())
                .setLineage(new Lineage(delivery.orElse("delivery-of-" + id), 0, offset, index))
                .setAttempts(attempts)
                .setReplay(replay)
                .setSequence(sequence.orElse(null))
                .setProblems(problems)
                .build())
        .build();
  }

  private static PersonIdentity person(String email) {
    return new PersonIdentity(email, email, null, Map.of(), null, List.of(), List.of());
  }
}

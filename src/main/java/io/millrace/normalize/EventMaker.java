package io.millrace.normalize;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.FieldProblem;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.event.ReplayedPart;
import io.millrace.identity.AccountOfPerson;
import io.millrace.model.Assurance;
import io.millrace.model.EventSize;
import io.millrace.model.EventTypes;
import io.millrace.model.Reason;
import io.millrace.model.RecordTypes;
import io.millrace.model.SystemId;
import io.millrace.normalize.mapping.DataFields;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.Expression;
import io.millrace.normalize.mapping.IdRule;
import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.NameTemplate;
import io.millrace.normalize.mapping.NamedPerson;
import io.millrace.normalize.mapping.RecordRule;
import io.millrace.normalize.mapping.RefusedException;
import io.millrace.normalize.mapping.Scope;
import io.millrace.normalize.mapping.TimeRule;
import io.millrace.normalize.mapping.TypeTable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the events, and the dead letters, of one delivery. */
public final class EventMaker {
  /** The name of the topology node, as used in dead letters. */
  public static final String STAGE = "normalize-deliveries";

  private static final Set<String> PRIORITIES = Set.of("HIGH", "NORMAL", "LOW");

  private final EventTables tables;
  private final EventExtraction extraction;
  private final TypeTable types;
  private final DataFields fields;
  private final Delivery delivery;
  private final Lineage whole;

  /**
   * A maker for one delivery.
   *
   * @param whole the place of the delivery, without an element's index
   */
  EventMaker(EventTables tables, Delivery delivery, Lineage whole) {
    this.tables = tables;
    this.extraction = tables.extraction();
    this.types = tables.types();
    this.fields = tables.fields();
    this.delivery = delivery;
    this.whole = whole;
  }

  /** The element as a part that reports nothing, if it is declared to. */
  Optional<Normalized> nothing(Element element) {
    return extraction
        .nothing(element.scope())
        .map(what -> new Normalized.Nothing(what, lineage(element.index())));
  }

  /**
   * The event of an element.
   *
   * @throws RefusedException with the reason, when the element is not a valid event
   */
  Event event(Element element) throws RefusedException {
    if (element.size() > Normalizer.MAX_EVENT_BYTES) {
      throw new RefusedException(
          Reason.EVENT_TOO_LARGE,
          "The event has "
              + element.size()
              + " bytes; at most "
              + Normalizer.MAX_EVENT_BYTES
              + " are accepted.");
    }
    if (!(element.scope().element() instanceof Json.Fields)) {
      throw new RefusedException(Reason.INVALID_FIELD, "The element is not an object with fields.");
    }
    Map<String, Json> mentioned = fields.data(element.scope());
    TypeTable.Found type = types.find(element.scope().withData(mentioned));
    Map<String, Json> data = fields.completed(mentioned, type.name());
    Scope scope = element.scope().withData(data).withNoun(type.noun());
    String recordType = recordType(type, scope);
    Optional<SystemId> recordId = recordId(recordType, type, scope);
    EventCheck check = new EventCheck(tables.checks(), recordType, type.name());
    Map<String, String> values = check.data(texts(data));
    NamedPerson said = tables.person(recordType, scope);
    NamedPerson checked = check.person(said);
    Optional<PersonIdentity> person =
        tables.identification().person(said, checked, recordType, recordId);
    RecordRef record = record(recordType, recordId, person, scope);
    check.required(values, checked);
    check.missing(fields.missing(data, type.name()));
    String assurance = assurance(element, type.name());
    AccountOfPerson.Accounts accounts =
        tables
            .identification()
            .accounts(tables.account(recordType, scope), person, recordType, recordId);
    Event event =
        Event.newBuilder()
            .setEventId(id(element, scope))
            .setEventType(type.name())
            .setSource(tables.source())
            .setOccurredAt(occurredAt(scope).orElse(delivery.getReceivedAt()))
            .setReceivedAt(delivery.getReceivedAt())
            .setSchemaVersion(text(extraction.version(), scope).orElse("1"))
            .setRecord(record)
            .setPerson(person.map(accounts::hintedBy).orElse(null))
            .setAccount(accounts.account().orElse(null))
            .setData(values)
            .setPrevious(check.previous(texts(fields.previous(scope))))
            .setMetadata(metadata(element, scope, assurance, check.problems()))
            .build();
    recordId.ifPresent(id -> Merges.qualify(event, id.system()));
    return event;
  }

  private String id(Element element, Scope scope) throws RefusedException {
    Optional<String> id = sendersId(element, scope);
    if (id.isPresent()) {
      return limited("The event's id", id.get());
    }
    if (extraction.required().contains("id")) {
      throw RefusedException.missing("The event's id", inWords(extraction.id(), scope));
    }
    // Two equal events may both be real (two clicks in one second), in one delivery or in two of
    // one millisecond, so neither content nor arrival is an identity. The delivery's id stays the
    // same when the edge writes it again; a retry of a sender without ids is not recognised.
    return delivery.getDeliveryId() + "/" + element.index();
  }

  /**
   * An id from the surroundings of a batch is the same for all of it: the index tells them apart.
   */
  private Optional<String> sendersId(Element element, Scope scope) {
    Optional<String> id = text(extraction.id(), scope);
    boolean isOfTheBatch =
        element.index() > 0 && extraction.id().filter(each -> each.isAround(scope)).isPresent();
    return isOfTheBatch ? id.map(text -> text + ":" + element.index()) : id;
  }

  private Optional<Instant> occurredAt(Scope scope) throws RefusedException {
    Optional<Instant> time = TimeRule.time(extraction.at(), scope);
    if (time.isEmpty() && extraction.required().contains("at")) {
      String places =
          String.join(
              " or ", extraction.at().stream().map(rule -> rule.path().inWords(scope)).toList());
      throw RefusedException.missing("The event's time", places);
    }
    return time;
  }

  private String recordType(TypeTable.Found type, Scope scope) throws RefusedException {
    Optional<NameTemplate> template =
        type.record().flatMap(RecordRule::type).or(() -> extraction.record().type());
    return template.isPresent() ? template.get().fill(type.parts(), scope) : type.noun();
  }

  /** The id of the record; empty if the event is about a person. */
  private Optional<SystemId> recordId(String recordType, TypeTable.Found type, Scope scope)
      throws RefusedException {
    if (recordType.equals(RecordTypes.PERSON)) {
      return Optional.empty();
    }
    Optional<Expression> ofType = type.record().flatMap(RecordRule::id);
    Optional<Expression> path =
        ofType.or(() -> tables.recordId().map(IdRule::path)).or(() -> extraction.record().id());
    Optional<String> id = text(path, scope);
    if (id.isEmpty()) {
      throw RefusedException.missing("The id of the " + recordType, inWords(path, scope));
    }
    Optional<String> system =
        type.record()
            .flatMap(RecordRule::system)
            .or(
                () ->
                    ofType.isPresent()
                        ? Optional.empty()
                        : tables.recordId().flatMap(IdRule::system));
    SystemId record = tables.identification().recordId(system, id.get());
    limited("The id of the " + recordType, record.text());
    return Optional.of(record);
  }

  /** What the event is about: its record, or its person. */
  private RecordRef record(
      String recordType, Optional<SystemId> recordId, Optional<PersonIdentity> person, Scope scope)
      throws RefusedException {
    if (recordId.isPresent()) {
      return new RecordRef(recordType, recordId.get().text());
    }
    if (person.isEmpty()) {
      throw unknownPerson(scope);
    }
    return new RecordRef(recordType, person.get().getKey());
  }

  private RefusedException unknownPerson(Scope scope) {
    return tables.people().stream()
        .flatMap(rule -> rule.emails(scope).stream())
        .findFirst()
        .map(email -> RefusedException.invalid("The person", email, "an e-mail address"))
        .orElseGet(
            () ->
                RefusedException.missing(
                    "The person",
                    tables.people().stream()
                        .map(rule -> rule.inWords(scope))
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining(" or "))));
  }

  private EventMetadata metadata(
      Element element, Scope scope, String assurance, List<FieldProblem> problems)
      throws RefusedException {
    String priority =
        text(extraction.priority(), scope).orElse("").strip().toUpperCase(Locale.ROOT);
    return EventMetadata.newBuilder()
        .setPriority(PRIORITIES.contains(priority) ? priority : "NORMAL")
        .setTags(tags(scope))
        .setCorrelationId(text(extraction.correlation(), scope).orElse(null))
        .setAssurance(assurance)
        .setLineage(lineage(element.index()))
        .setReplay(delivery.getReplay())
        .setSequence(sequence(scope).orElse(null))
        .setAttempts(attempts())
        .setProblems(problems)
        .build();
  }

  /**
   * If only the first element of a batch is signed, the others are PARTIAL and not NONE: the sender
   * had at least one signed element, as with a signed token sent with the body.
   */
  private String assurance(Element element, String type) throws RefusedException {
    boolean partial = delivery.getAssurance().equals(Assurance.PARTIAL.name());
    if (partial && tables.proof().firstIsSigned() && element.index() == 0) {
      return Assurance.BODY_SIGNED.name();
    }
    return isUnsignedLoss(element, type) ? weakened(type) : delivery.getAssurance();
  }

  /** Whether an event takes something away by the word of a header that nobody signed. */
  private boolean isUnsignedLoss(Element element, String type) {
    return delivery.getAssurance().equals(Assurance.BODY_SIGNED.name())
        && EventTypes.destroys(type)
        && extraction.isTypeRead(tables.proof().unsignedTypeHeaders(), element.scope());
  }

  private String weakened(String type) throws RefusedException {
    if (tables.proof().required().filter(Assurance.BODY_SIGNED::equals).isPresent()) {
      throw new RefusedException(
          Reason.PROVES_TOO_LITTLE,
          ("The type %s is in a header that its sender does not sign, and the source's file"
                  + " requires %s: confirm the event at the sender, then set requireAssurance to"
                  + " PARTIAL and replay.")
              .formatted(type, Assurance.BODY_SIGNED));
    }
    return Assurance.PARTIAL.name();
  }

  private List<String> tags(Scope scope) {
    List<String> tags = new ArrayList<>();
    extraction
        .tags()
        .flatMap(path -> path.value(scope))
        .ifPresent(
            value -> {
              List<Json> listed =
                  value instanceof Json.Items items ? items.elements() : List.of(value);
              listed.stream()
                  .filter(tag -> !(tag instanceof Json.Null))
                  .forEach(tag -> tags.add(tag.text()));
            });
    extraction
        .labels()
        .forEach((name, path) -> path.text(scope).ifPresent(text -> tags.add(name + ":" + text)));
    return tags;
  }

  private Optional<Long> sequence(Scope scope) throws RefusedException {
    Optional<String> sequence = text(extraction.sequence(), scope);
    if (sequence.isPresent() && !sequence.get().matches("\\d{1,18}")) {
      throw RefusedException.invalid(
          inWords(extraction.sequence(), scope), sequence.get(), "a sequence number");
    }
    return sequence.map(Long::valueOf);
  }

  private Lineage lineage(int index) {
    return new Lineage(whole.getDeliveryId(), whole.getPartition(), whole.getOffset(), index);
  }

  /** A dead letter for the delivery as a whole. */
  DeadLetter deadLetter(RefusedException refusal) {
    return deadLetter(whole, delivery.getBody().duplicate(), refusal).build();
  }

  /** A dead letter for one element, with the readable parts of its identity. */
  DeadLetter deadLetter(Element element, RefusedException refusal) {
    DeadLetter.Builder letter = deadLetter(lineage(element.index()), element.kept(), refusal);
    Scope scope = element.scope();
    letter.setEventId(sendersId(element, scope).filter(EventMaker::isShort).orElse(null));
    try {
      scope = scope.withData(fields.data(scope));
      TypeTable.Found type = types.find(scope);
      letter.setEventType(type.name());
      scope = scope.withNoun(type.noun());
      letter.setOccurredAt(occurredAt(scope).orElse(null));
      String recordType = recordType(type, scope);
      Optional<SystemId> recordId = recordId(recordType, type, scope);
      NamedPerson said = tables.person(recordType, scope);
      NamedPerson checked = new EventCheck(tables.checks(), recordType, type.name()).person(said);
      Optional<PersonIdentity> person =
          tables.identification().person(said, checked, recordType, recordId);
      letter.setRecord(record(recordType, recordId, person, scope));
    } catch (RefusedException unreadable) {
      // The dead letter has what could be read so far; its reason is that of the refusal.
      return letter.build();
    }
    return letter.build();
  }

  private DeadLetter.Builder deadLetter(
      Lineage lineage, ByteBuffer original, RefusedException refusal) {
    String reason = refusal.reason().name();
    List<Attempt> attempts = new ArrayList<>(attempts());
    attempts.add(new Attempt(triedAt(), STAGE, reason, refusal.error()));
    return DeadLetter.newBuilder()
        .setDeadLetterId(lineage.getDeliveryId() + "/" + lineage.getIndex())
        .setReason(reason)
        .setSource(tables.source())
        .setReceivedAt(delivery.getReceivedAt())
        .setLineage(lineage)
        .setOriginal(original)
        .setHeaders(delivery.getHeaders())
        .setAttempts(attempts)
        .setReplay(delivery.getReplay());
  }

  private Instant triedAt() {
    return delivery.getReplayedPart().map(ReplayedPart::getAt).orElse(delivery.getReceivedAt());
  }

  /** The failed attempts before this one. */
  private List<Attempt> attempts() {
    return delivery.getReplayedPart().map(ReplayedPart::getAttempts).orElse(List.of());
  }

  private static Optional<String> text(Optional<Expression> path, Scope scope) {
    return path.flatMap(expression -> expression.text(scope));
  }

  private static String inWords(Optional<Expression> path, Scope scope) {
    return path.map(expression -> expression.inWords(scope)).orElse("any place known for it");
  }

  private static boolean isShort(String text) {
    return text.length() <= EventSize.MAX_NAME;
  }

  private static String limited(String what, String text) throws RefusedException {
    if (!isShort(text)) {
      throw new RefusedException(
          Reason.INVALID_FIELD,
          what
              + " has "
              + text.length()
              + " characters; at most "
              + EventSize.MAX_NAME
              + " are accepted.");
    }
    return text;
  }

  /** Canonical text of every value; null where the sender cleared the field. */
  private static Map<String, String> texts(Map<String, Json> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> texts.put(name, value instanceof Json.Null ? null : value.text()));
    return texts;
  }
}

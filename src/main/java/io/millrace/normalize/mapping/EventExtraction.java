package io.millrace.normalize.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.EventFact;
import io.millrace.yaml.Section;
import io.millrace.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one provider's deliveries become events, as its catalogue entry says under {@code events:}.
 *
 * @param form whether the body is a form, of either kind, instead of JSON
 * @param soap whether the body is a SOAP message instead of JSON
 * @param formField the field of the form that holds JSON, where one does
 * @param jsonFields fields of the form that hold JSON beside others that count
 * @param items where the events of a batch are: {@code $} when the body is the list (or one event),
 *     a path into it otherwise; of several paths the first that leads anywhere counts; empty when a
 *     delivery is one event
 * @param nothing the deliveries and elements that report nothing
 * @param repeat the records an element is about, where it names several: each has an event of its
 *     own
 * @param id the event's identity; the hash of its content and the time of arrival where absent
 * @param type what happened, in the sender's words
 * @param typesShareBodies whether the sender may send the same body under several types, named in a
 *     header, for one change
 * @param at when it happened, the first that is there; the time of arrival where absent
 * @param required which of {@code id} and {@code at} may not be missing
 * @param version the version of the payload's shape
 * @param sequence the sender's per-record sequence number
 * @param correlation what groups the events of one action
 * @param priority HIGH, NORMAL or LOW
 * @param tags the sender's labels
 * @param labels tags made from values: {@code portal} and 62515 make {@code portal:62515}
 * @param data the object whose members are the event's data; several are alternatives
 * @param omit members of that object which are not data
 * @param only names of the members of that object which count, where the sender lists them
 * @param pairs data that comes as names and values
 * @param fields canonical names by the sender's field names; a field without one keeps its own
 * @param add further data by canonical name, from anywhere
 * @param previous values before the change
 * @param before single values before the change by canonical name, where they are in no object
 * @param noun what the event is about, where its type does not say it
 * @param nouns canonical nouns by the sender's
 * @param record the record an event is about, unless its type's row says otherwise
 * @param person who is behind an event
 * @param account which company is behind an event
 * @param types the table of types, the first row that fits counts; a type in no row is kept
 */
public record EventExtraction(
    boolean form,
    boolean soap,
    Optional<FieldPath> formField,
    Set<String> jsonFields,
    List<FieldPath> items,
    List<NothingRule> nothing,
    Optional<Expression> repeat,
    Optional<Expression> id,
    Expression type,
    boolean typesShareBodies,
    List<TimeRule> at,
    Set<String> required,
    Optional<Expression> version,
    Optional<Expression> sequence,
    Optional<Expression> correlation,
    Optional<Expression> priority,
    Optional<Expression> tags,
    Map<String, Expression> labels,
    Optional<Expression> data,
    Set<String> omit,
    Optional<Expression> only,
    Optional<PairsRule> pairs,
    Map<String, String> fields,
    Map<String, Expression> add,
    Optional<PreviousRule> previous,
    Map<String, Expression> before,
    Optional<Expression> noun,
    Map<String, String> nouns,
    RecordRule record,
    PersonRule person,
    AccountRule account,
    List<TypeRule> types) {
  private static final String USUAL = "usual-events.yaml";
  private static final Set<String> REQUIRABLE = Set.of("id", "at");

  /** Copies the collections; {@code add} and {@code labels} keep their order. */
  public EventExtraction {
    jsonFields = Set.copyOf(jsonFields);
    items = List.copyOf(items);
    nothing = List.copyOf(nothing);
    at = List.copyOf(at);
    required = Set.copyOf(required);
    labels = ordered(labels);
    omit = Set.copyOf(omit);
    fields = Map.copyOf(fields);
    add = ordered(add);
    before = ordered(before);
    nouns = Map.copyOf(nouns);
    types = List.copyOf(types);
  }

  /** The names that most senders use, from usual-events.yaml. */
  public static EventExtraction usual() {
    try (InputStream file = EventExtraction.class.getResourceAsStream("/" + USUAL)) {
      byte[] text =
          Objects.requireNonNull(file, USUAL + " is missing from the program").readAllBytes();
      return YamlFile.read(USUAL, new String(text, UTF_8), EventExtraction::read);
    } catch (IOException failure) {
      throw new UncheckedIOException(USUAL + " cannot be read", failure);
    }
  }

  /** What an element is, if it is declared to report nothing. */
  public Optional<String> nothing(Scope scope) {
    for (NothingRule rule : nothing) {
      if (rule.holds(scope)) {
        return Optional.of(rule.what());
      }
    }
    return Optional.empty();
  }

  /** Whether the body alone determines the events. */
  public boolean identifiesByBody() {
    return required.contains("id") && id.filter(Expression::isWithinBody).isPresent();
  }

  /**
   * The headers that decide a fact before the body does, in lower case: for each place that reads
   * any, those that are alternatives, in order.
   */
  public List<List<String>> headers(EventFact fact) {
    return expressions(fact)
        .flatMap(each -> HeadersRead.beforeTheBody(each).stream())
        .distinct()
        .toList();
  }

  /** Whether the type of an event is read from one of these headers, named in lower case. */
  public boolean isTypeRead(Set<String> from, Scope scope) {
    return !from.isEmpty()
        && expressions(EventFact.TYPE).anyMatch(each -> HeadersRead.isRead(each, from, scope));
  }

  /** Every header that an event's type can be read from, in lower case. */
  public Set<String> typeHeaders() {
    return expressions(EventFact.TYPE)
        .flatMap(HeadersRead::all)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<Expression> expressions(EventFact fact) {
    Stream<RecordRule> records =
        Stream.concat(Stream.of(record), types.stream().flatMap(row -> row.record().stream()));
    return switch (fact) {
      case ID -> Stream.concat(id.stream(), records.flatMap(rule -> rule.id().stream()));
      case TYPE ->
          Stream.of(
                  Stream.of(type),
                  noun.stream(),
                  types.stream().flatMap(row -> row.where().keySet().stream()),
                  types.stream()
                      .flatMap(row -> row.to().stream())
                      .flatMap(template -> template.expressions().stream()),
                  records
                      .flatMap(rule -> rule.type().stream())
                      .flatMap(template -> template.expressions().stream()))
              .flatMap(each -> each);
      case TIME -> Stream.concat(at.stream().map(TimeRule::path), sequence.stream());
      case BODY -> Stream.of();
    };
  }

  /**
   * Whether every event is about a person and none about a record. Such events are counted, so
   * their order does not matter.
   *
   * @param more rows that come before those of the provider
   */
  public boolean isAllAboutPeople(List<TypeRule> more) {
    return record.isPerson()
        && Stream.concat(more.stream(), types.stream())
            .flatMap(row -> row.record().stream())
            .allMatch(named -> named.type().isEmpty() || named.isPerson());
  }

  /** Reads the {@code events} section of a catalogue entry; an empty one is the usual. */
  public static EventExtraction read(Section section) {
    if (section.keys().isEmpty()) {
      return usual();
    }
    Set<String> required = Set.copyOf(section.texts("required"));
    required.stream()
        .filter(name -> !REQUIRABLE.contains(name))
        .forEach(
            name ->
                section.fault(
                    "required", "required: " + name + " cannot be used", "use id, at or both"));
    Optional<RecordRule> record = RecordRule.read(section.require("record", "person"), "record");
    return new EventExtraction(
        section.flag("form").orElse(false),
        section.flag("soap").orElse(false),
        section.parsed("formField", FieldPath::parse),
        Set.copyOf(section.texts("jsonFields")),
        section.parsedTexts("items", FieldPath::parse),
        section.oneOrMore("nothing").stream().map(NothingRule::read).toList(),
        section.parsed("repeat", Expression::parse),
        section.parsed("id", Expression::parse),
        Expression.required(section, "type"),
        section.flag("typesShareBodies").orElse(false),
        section.oneOrMore("at").stream().map(TimeRule::read).toList(),
        required,
        section.parsed("version", Expression::parse),
        section.parsed("sequence", Expression::parse),
        section.parsed("correlation", Expression::parse),
        section.parsed("priority", Expression::parse),
        section.parsed("tags", Expression::parse),
        section.parsedByName("labels", Expression::parse),
        section.parsed("data", Expression::parse),
        Set.copyOf(section.texts("omit")),
        section.parsed("only", Expression::parse),
        section.section("pairs").map(PairsRule::read),
        section.textsByName("fields"),
        section.parsedByName("add", Expression::parse),
        previous(section),
        section.parsedByName("before", Expression::parse),
        section.parsed("noun", Expression::parse),
        section.textsByName("nouns"),
        record.orElse(new RecordRule(Optional.empty(), Optional.empty(), Optional.empty())),
        section.section("person").map(PersonRule::read).orElse(PersonRule.NONE),
        section.section("account").map(AccountRule::read).orElse(AccountRule.NONE),
        section.oneOrMore("types").stream().map(TypeRule::read).toList());
  }

  private static Optional<PreviousRule> previous(Section section) {
    Optional<FieldPath> path = section.parsed("previous", FieldPath::parse);
    Optional<FieldPath> value = section.parsed("previousValue", FieldPath::parse);
    return path.map(found -> new PreviousRule(found, value));
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}

package io.millrace.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
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
 * @param repeat the records an element is about, where it names several: each has an event of its
 *     own
 * @param id the event's identity; the hash of its content and the time of arrival where absent
 * @param type what happened, in the sender's words
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
    Optional<Expression> repeat,
    Optional<Expression> id,
    Expression type,
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
  private static final Set<String> REQUIRABLE = Set.of("id", "at");

  /** Copies the collections; {@code add} and {@code labels} keep their order. */
  public EventExtraction {
    jsonFields = Set.copyOf(jsonFields);
    items = List.copyOf(items);
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

  /**
   * Reads the {@code events} section of a catalogue entry. An empty one means the names most
   * senders use, as usual-events.yaml lists them.
   *
   * @throws InvalidSectionException that names every fault, unknown keys among them
   */
  public static EventExtraction of(JsonNode events) {
    return Section.read(events.isEmpty() ? usual() : events, "events", EventExtraction::read);
  }

  /** Whether the same body always means the same events, whatever comes around it. */
  public boolean identifiesByBody() {
    return required.contains("id") && id.filter(Expression::isWithinBody).isPresent();
  }

  /**
   * Whether every event is about a person, none about a record. Such events are counted, so that
   * nothing depends on the order they come in.
   *
   * @param more rows that come before those of the provider
   */
  boolean isAllAboutPeople(List<TypeRule> more) {
    return record.isPerson()
        && Stream.concat(more.stream(), types.stream())
            .flatMap(row -> row.record().stream())
            .allMatch(named -> named.type().isEmpty() || named.isPerson());
  }

  private static JsonNode usual() {
    try (InputStream file = EventExtraction.class.getResourceAsStream("/usual-events.yaml")) {
      return new ObjectMapper(new YAMLFactory())
          .readTree(Objects.requireNonNull(file, "usual-events.yaml is not in the program"));
    } catch (IOException failure) {
      throw new UncheckedIOException("usual-events.yaml cannot be read", failure);
    }
  }

  private static EventExtraction read(Section section) {
    Set<String> required = Set.copyOf(section.texts("required"));
    if (!REQUIRABLE.containsAll(required)) {
      section.fault("required", "is " + required + "; it may name " + REQUIRABLE);
    }
    Optional<RecordRule> record = section.recordRule("record");
    if (record.isEmpty()) {
      section.fault("record", "is missing: it says which record an event is about");
    }
    return new EventExtraction(
        section.truth("form"),
        section.truth("soap"),
        path(section, "formField"),
        Set.copyOf(section.texts("jsonFields")),
        paths(section, "items"),
        section.expression("repeat"),
        section.expression("id"),
        section.requiredExpression("type"),
        section.sections("at", TimeRule::read),
        required,
        section.expression("version"),
        section.expression("sequence"),
        section.expression("correlation"),
        section.expression("priority"),
        section.expression("tags"),
        section.expressionsByName("labels"),
        section.expression("data"),
        Set.copyOf(section.texts("omit")),
        section.expression("only"),
        section.section("pairs", PairsRule::read),
        section.textsByName("fields"),
        section.expressionsByName("add"),
        previous(section),
        section.expressionsByName("before"),
        section.expression("noun"),
        section.textsByName("nouns"),
        record.orElse(new RecordRule(Optional.empty(), Optional.empty())),
        section.section("person", PersonRule::read).orElse(PersonRule.NONE),
        section.section("account", AccountRule::read).orElse(AccountRule.NONE),
        section.sections("types", TypeRule::read));
  }

  private static Optional<PreviousRule> previous(Section section) {
    Optional<FieldPath> path = path(section, "previous");
    Optional<FieldPath> value = path(section, "previousValue");
    return path.map(found -> new PreviousRule(found, value));
  }

  private static List<FieldPath> paths(Section section, String key) {
    return section.texts(key).stream()
        .flatMap(text -> section.parsed(key, text, FieldPath::parse).stream())
        .toList();
  }

  private static Optional<FieldPath> path(Section section, String key) {
    return section.text(key).flatMap(text -> section.parsed(key, text, FieldPath::parse));
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}

package io.millrace.normalize;

import io.millrace.event.FieldProblem;
import io.millrace.event.PersonIdentity;
import io.millrace.model.Reason;
import io.millrace.normalize.field.Checked;
import io.millrace.normalize.field.FieldDemand;
import io.millrace.normalize.field.FieldPolicy;
import io.millrace.normalize.field.FieldRule;
import io.millrace.normalize.mapping.FieldMapping;
import io.millrace.normalize.mapping.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of one event and writes them canonically. What is wrong is gathered, so that
 * the event, or its dead letter, tells everything at once.
 */
final class EventCheck {
  /** So much of a bad value is kept, in characters; the whole is in the delivery. */
  static final int MAX_VALUE = 1_000;

  private static final String ADVICE =
      "Correct it where it is sent, or what the source's file and rules/fields.yaml say about it,"
          + " and replay.";

  private static final String EMAIL = "email";
  private static final String PHONE = "phone";

  private final FieldChecks checks;
  private final String recordType;
  private final String eventType;
  private final List<FieldProblem> problems = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  EventCheck(FieldChecks checks, String recordType, String eventType) {
    this.checks = checks;
    this.recordType = recordType;
    this.eventType = eventType;
  }

  /** The event's data, checked; null stands for a field that was cleared. */
  Map<String, String> data(Map<String, String> said) {
    Map<String, String> data = new LinkedHashMap<>();
    said.forEach(
        (field, value) -> {
          Optional<FieldRule> rule =
              value == null ? Optional.empty() : checks.rule(field, recordType, eventType);
          if (rule.isEmpty()) {
            data.put(field, value);
          } else {
            write(rule.get(), value, data);
          }
        });
    return data;
  }

  private void write(FieldRule rule, String value, Map<String, String> data) {
    switch (rule.format().check(value)) {
      case Checked.Good good -> data.put(rule.field(), good.value());
      case Checked.Blank blank -> data.put(rule.field(), null);
      case Checked.Bad bad -> {
        problems.add(problem(rule, value, bad));
        switch (rule.bad()) {
          case KEEP, REFUSE -> data.put(rule.field(), value);
          case NULL -> data.put(rule.field(), null);
          case OMIT -> {}
        }
      }
    }
  }

  /**
   * Values before the event, written as they were when they were data: the record's state holds
   * them in that form, and an event whose previous values it holds is proved to be the next. A bad
   * one was reported when it was data. What was left out then is not in the state: as sent it
   * proves nothing, and the event waits like any other.
   */
  Map<String, String> previous(Map<String, String> said) {
    Map<String, String> previous = new LinkedHashMap<>();
    said.forEach((field, value) -> previous.put(field, before(field, value)));
    return previous;
  }

  private @Nullable String before(String field, @Nullable String value) {
    Optional<FieldRule> rule =
        value == null ? Optional.empty() : checks.rule(field, recordType, eventType);
    if (value == null || rule.isEmpty()) {
      return value;
    }
    return switch (rule.get().format().check(value)) {
      case Checked.Good good -> good.value();
      case Checked.Blank blank -> null;
      case Checked.Bad bad -> rule.get().bad() == FieldPolicy.NULL ? null : value;
    };
  }

  /**
   * The person as the same rules see it. Its key is never touched: what a person has done is
   * gathered under it for ever.
   */
  Optional<PersonIdentity> person(Optional<PersonIdentity> said) {
    return said.map(
        person ->
            PersonIdentity.newBuilder()
                .setKey(person.getKey())
                .setEmail(reached(EMAIL, person.getEmail()).orElse(null))
                .setPhone(reached(PHONE, person.getPhone()).orElse(null))
                .setExternalIds(person.getExternalIds())
                .build());
  }

  private Optional<String> reached(String field, Optional<String> said) {
    Optional<FieldRule> rule = said.flatMap(value -> checks.rule(field, recordType, eventType));
    if (rule.isEmpty()) {
      return said;
    }
    Map<String, String> checked = new LinkedHashMap<>();
    int before = problems.size();
    write(rule.get(), said.orElse(""), checked);
    boolean isReported =
        problems.subList(0, before).stream().anyMatch(known -> known.getField().equals(field));
    if (problems.size() > before && isReported) {
      problems.removeLast();
    }
    return Optional.ofNullable(checked.get(field));
  }

  /** Whether one of several fields has a value where one has to. */
  void demanded(Map<String, String> data, Optional<PersonIdentity> person) {
    for (FieldDemand demand : checks.demands(eventType)) {
      if (demand.fields().stream().noneMatch(field -> hasValue(field, data, person))) {
        String error =
            "none of %s has a value: let the sender ask for one of them, or map what holds it"
                .formatted(String.join(", ", demand.fields()));
        problems.add(
            new FieldProblem(demand.name(), FieldDemand.KIND, demand.bad().name(), null, error));
      }
    }
  }

  private static boolean hasValue(
      String field, Map<String, String> data, Optional<PersonIdentity> person) {
    String value = data.get(field);
    return (value != null && !value.isBlank())
        || (field.equals(EMAIL) && person.flatMap(PersonIdentity::getEmail).isPresent())
        || (field.equals(PHONE) && person.flatMap(PersonIdentity::getPhone).isPresent());
  }

  /** Fields that the source's mapping demands and the event does not mention. */
  void missing(List<FieldMapping> demanded) {
    demanded.forEach(
        field ->
            missing.add(
                "The field %s, which the source's mapping demands, is missing: there is nothing at %s."
                    .formatted(field.to(), field.from())));
  }

  /**
   * Everything that is wrong with an event that is taken nevertheless.
   *
   * @throws RefusedException that explains it, when it is not taken
   */
  List<FieldProblem> problems() throws RefusedException {
    if (problems.isEmpty() && missing.isEmpty()) {
      return List.of();
    }
    List<FieldProblem> all =
        problems.stream().sorted(Comparator.comparing(FieldProblem::getField)).toList();
    boolean isRefused =
        all.stream().anyMatch(each -> each.getPolicy().equals(FieldPolicy.REFUSE.name()));
    if (missing.isEmpty() && !isRefused) {
      return all;
    }
    List<String> sentences = new ArrayList<>(missing);
    all.forEach(problem -> sentences.add(sentence(problem)));
    sentences.add(ADVICE);
    throw new RefusedException(
        missing.isEmpty() ? Reason.INVALID_FIELD : Reason.MISSING_FIELD,
        String.join(" ", sentences),
        all);
  }

  private static FieldProblem problem(FieldRule rule, String value, Checked.Bad bad) {
    return new FieldProblem(
        rule.field(),
        rule.format().kind().word(),
        rule.bad().name(),
        rule.bad() == FieldPolicy.KEEP ? null : shortened(value),
        rule.field() + " " + bad.fault());
  }

  private static String shortened(String value) {
    boolean splitsPair =
        value.length() > MAX_VALUE && Character.isHighSurrogate(value.charAt(MAX_VALUE - 1));
    return value.substring(0, Math.min(value.length(), splitsPair ? MAX_VALUE - 1 : MAX_VALUE));
  }

  private static String sentence(FieldProblem problem) {
    return problem.getError()
        + problem
            .getValue()
            .map(value -> " (it is " + RefusedException.abbreviated(value) + ")")
            .orElse("")
        + ".";
  }
}

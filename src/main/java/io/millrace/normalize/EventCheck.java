package io.millrace.normalize;

import io.millrace.event.FieldProblem;
import io.millrace.model.Reason;
import io.millrace.normalize.field.AtLeastOneRule;
import io.millrace.normalize.field.Checked;
import io.millrace.normalize.field.FieldPolicy;
import io.millrace.normalize.field.FieldRule;
import io.millrace.normalize.mapping.FieldMapping;
import io.millrace.normalize.mapping.NamedId;
import io.millrace.normalize.mapping.NamedPerson;
import io.millrace.normalize.mapping.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of one event and converts them to canonical form. Problems are collected, so
 * that the event, or its dead letter, reports all of them.
 */
final class EventCheck {
  /** The longest excerpt of a bad value, in characters; the whole value is in the delivery. */
  static final int MAX_VALUE = 1_000;

  private static final String ADVICE =
      "Correct the value at the sender, or the rule in the source's file or rules/fields.yaml,"
          + " and replay.";

  private static final String EMAIL = "email";
  private static final String PHONE = "phone";

  /** A kind that joins nobody to anybody: a bad address still tells its events from others. */
  static final String INVALID_EMAIL = "invalid_email";

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

  /** The checked data of the event; null for a field that was cleared. */
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
   * The previous values, in the same canonical form as when they were data: the record's state has
   * them in that form, and an event whose previous values match the state is proved to be the next.
   * A bad value was reported when it was data. A value that was omitted then is not in the state:
   * it proves nothing, and the event waits like any other.
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

  /** The person after the same checks. */
  NamedPerson person(NamedPerson said) {
    List<String> emails = new ArrayList<>();
    List<NamedId> ids = new ArrayList<>(said.ids());
    for (String address : said.emails()) {
      reached(EMAIL, address)
          .ifPresentOrElse(
              email -> emails.add(email.toLowerCase(Locale.ROOT)),
              () -> ids.add(new NamedId(INVALID_EMAIL, Optional.empty(), address)));
    }
    return new NamedPerson(emails, said.phone().flatMap(phone -> reached(PHONE, phone)), ids);
  }

  private Optional<String> reached(String field, String said) {
    Optional<FieldRule> rule = checks.rule(field, recordType, eventType);
    if (rule.isEmpty()) {
      return Optional.of(said);
    }
    Map<String, String> checked = new LinkedHashMap<>();
    int before = problems.size();
    write(rule.get(), said, checked);
    boolean isReported =
        problems.subList(0, before).stream().anyMatch(known -> known.getField().equals(field));
    if (problems.size() > before && isReported) {
      problems.removeLast();
    }
    return Optional.ofNullable(checked.get(field));
  }

  /** Checks the rules that require one of several fields. */
  void required(Map<String, String> data, NamedPerson person) {
    for (AtLeastOneRule requirement : checks.requirements(eventType)) {
      if (requirement.fields().stream().noneMatch(field -> hasValue(field, data, person))) {
        String error =
            "none of %s has a value: make one of them required at the sender, or map the field that has it"
                .formatted(String.join(", ", requirement.fields()));
        problems.add(
            new FieldProblem(
                requirement.name(), AtLeastOneRule.KIND, requirement.bad().name(), null, error));
      }
    }
  }

  private static boolean hasValue(String field, Map<String, String> data, NamedPerson person) {
    String value = data.get(field);
    return (value != null && !value.isBlank())
        || (field.equals(EMAIL) && !person.emails().isEmpty())
        || (field.equals(PHONE) && person.phone().isPresent());
  }

  /** Reports fields that the source's mapping requires and the event does not mention. */
  void missing(List<FieldMapping> required) {
    required.forEach(
        field ->
            missing.add(
                "The field %s, which the source's mapping requires, is missing: there is nothing at %s."
                    .formatted(field.to(), field.from())));
  }

  /**
   * The problems of an event that is accepted nevertheless.
   *
   * @throws RefusedException with the explanation, when it is not accepted
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

package io.millrace.normalize.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path to values in a JSON document: names joined by dots, {@code $} for the document itself. A
 * name, or {@code $}, may be followed by {@code [0]} for one element of an array, {@code
 * [type=email]} for the elements (or the object itself) that have this value, and {@code []} for
 * all elements; {@code *} instead of a name matches every member of an object.
 *
 * @param membersOnly whether every step is a name, so that no lists of candidates are needed
 */
public record FieldPath(String written, List<Step> steps, boolean membersOnly) {
  private static final Pattern STEP = Pattern.compile("([^\\[\\].]+)((?:\\[[^\\[\\]]*])*)");
  private static final Pattern BRACKET = Pattern.compile("\\[([^\\[\\]]*)]");

  public FieldPath {
    steps = List.copyOf(steps);
  }

  private FieldPath(String written, List<Step> steps) {
    this(written, steps, steps.stream().allMatch(Step.Member.class::isInstance));
  }

  /** One step of the path. */
  sealed interface Step {
    /** Into the member of this name. */
    record Member(String name) implements Step {}

    /** Into every member. */
    record Members() implements Step {}

    /** Into one element, counted from 0. */
    record Index(int index) implements Step {}

    /** Into every element. */
    record All() implements Step {}

    /** Into what has this member with this value. */
    record Filter(String name, String value) implements Step {
      boolean fits(Json candidate) {
        return candidate instanceof Json.Fields fields
            && Optional.ofNullable(fields.members().get(name))
                .filter(member -> member.text().equals(value))
                .isPresent();
      }
    }
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static FieldPath parse(String written) {
    List<Step> steps = new ArrayList<>();
    if (!written.equals("$")) {
      // A dot inside a filter's value does not separate.
      for (String part : written.split("\\.(?![^\\[]*])", -1)) {
        Matcher step = STEP.matcher(part);
        if (!step.matches()) {
          throw new IllegalArgumentException("'" + written + "' is not a path like a.b[0].c");
        }
        boolean isDocument = steps.isEmpty() && step.group(1).equals("$");
        if (!isDocument) {
          steps.add(
              step.group(1).equals("*") ? new Step.Members() : new Step.Member(step.group(1)));
        }
        Matcher bracket = BRACKET.matcher(step.group(2));
        while (bracket.find()) {
          steps.add(bracketStep(bracket.group(1), written));
        }
      }
    }
    return new FieldPath(written, steps);
  }

  private static Step bracketStep(String inside, String written) {
    if (inside.isEmpty()) {
      return new Step.All();
    }
    if (inside.matches("\\d{1,6}")) {
      return new Step.Index(Integer.parseInt(inside));
    }
    int equals = inside.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(
          "'[" + inside + "]' in '" + written + "' is none of [0], [name=value] and []");
    }
    return new Step.Filter(inside.substring(0, equals), inside.substring(equals + 1));
  }

  /** The first value the path leads to. */
  public Optional<Json> first(Json document) {
    List<Json> found = all(document);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  /** Every value the path leads to, in the document's order. */
  public List<Json> all(Json document) {
    return membersOnly ? byMembers(document) : bySteps(document);
  }

  /** The usual path, consisting of names only, leads to at most one value. */
  private List<Json> byMembers(Json document) {
    Json value = document;
    for (Step step : steps) {
      Json next =
          value instanceof Json.Fields fields && step instanceof Step.Member member
              ? fields.members().get(member.name())
              : null;
      if (next == null) {
        return List.of();
      }
      value = next;
    }
    return List.of(value);
  }

  private List<Json> bySteps(Json document) {
    List<Json> values = List.of(document);
    for (Step step : steps) {
      List<Json> next = new ArrayList<>();
      for (Json value : values) {
        take(step, value, next);
      }
      values = next;
    }
    return values;
  }

  private static void take(Step kind, Json value, List<Json> next) {
    switch (kind) {
      case Step.Member member -> {
        if (value instanceof Json.Fields fields) {
          Optional.ofNullable(fields.members().get(member.name())).ifPresent(next::add);
        }
      }
      case Step.Members members -> {
        if (value instanceof Json.Fields fields) {
          next.addAll(fields.members().values());
        }
      }
      case Step.Index step -> {
        if (value instanceof Json.Items items && step.index() < items.elements().size()) {
          next.add(items.elements().get(step.index()));
        }
      }
      case Step.All all -> {
        if (value instanceof Json.Items items) {
          next.addAll(items.elements());
        }
      }
      case Step.Filter filter -> {
        List<Json> candidates =
            value instanceof Json.Items items ? items.elements() : List.of(value);
        for (Json candidate : candidates) {
          if (filter.fits(candidate)) {
            next.add(candidate);
          }
        }
      }
    }
  }

  @Override
  public String toString() {
    return written;
  }
}

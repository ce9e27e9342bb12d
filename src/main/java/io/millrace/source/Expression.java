package io.millrace.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says where in a delivery a value is found. {@code +} joins parts with a colon, {@code |} takes
 * the first alternative that is there and binds tighter; a part that ends in {@code ?} may be
 * missing, any other missing part makes the whole missing: an id with a hole would fit several
 * events. An alternative is
 *
 * <ul>
 *   <li>a {@link FieldPath} into the element: {@code data.object.id}
 *   <li>{@code b:} a path into the whole body, for what surrounds a batch
 *   <li>{@code h:} a header: {@code h:X-GitHub-Delivery}
 *   <li>{@code d:} a field of the event's data by canonical name; {@code {noun}} in it stands for
 *       what the event is about: {@code d:{noun}_id}
 *   <li>{@code @noun} what the event is about, {@code @index} its position in the delivery, {@code
 *       @each} the record it is for where {@code repeat} finds several
 *   <li>{@code 'text'} this text
 * </ul>
 */
record Expression(String written, List<Part> parts) {
  /** What separates parts and alternatives, unless it stands in quotes or brackets. */
  private static final Pattern PLUS = Pattern.compile("\\+(?=(?:[^']*'[^']*')*[^']*$)");

  private static final Pattern BAR = Pattern.compile("\\|(?=(?:[^']*'[^']*')*[^']*$)");

  Expression {
    parts = List.copyOf(parts);
  }

  /** One of the joined parts. */
  record Part(List<Term> alternatives, boolean optional) {
    Part {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** One alternative. */
  sealed interface Term {
    record InElement(FieldPath path) implements Term {}

    record InBody(FieldPath path) implements Term {}

    record Header(String name) implements Term {}

    record Data(String name) implements Term {}

    record Noun() implements Term {}

    record Index() implements Term {}

    record Each() implements Term {}

    record Constant(String text) implements Term {}
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Expression parse(String written) {
    List<Part> parts = new ArrayList<>();
    for (String part : PLUS.split(written, -1)) {
      String trimmed = part.strip();
      boolean optional = trimmed.endsWith("?");
      String alternatives = optional ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
      parts.add(
          new Part(
              Stream.of(BAR.split(alternatives, -1)).map(Expression::term).toList(), optional));
    }
    return new Expression(written, parts);
  }

  private static Term term(String written) {
    String text = written.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an expression, or a part of it, is empty");
    }
    if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
      return new Term.Constant(text.substring(1, text.length() - 1));
    }
    if (text.startsWith("h:")) {
      return new Term.Header(text.substring(2).toLowerCase(Locale.ROOT));
    }
    if (text.startsWith("d:")) {
      return new Term.Data(text.substring(2));
    }
    if (text.startsWith("b:")) {
      return new Term.InBody(FieldPath.parse(text.substring(2)));
    }
    return switch (text) {
      case "@noun" -> new Term.Noun();
      case "@index" -> new Term.Index();
      case "@each" -> new Term.Each();
      default -> new Term.InElement(FieldPath.parse(text));
    };
  }

  /**
   * The value, with null only where nothing but null is there. Parts that are joined give a text.
   */
  Optional<Json> value(Scope scope) {
    if (parts.size() > 1) {
      return text(scope).map(Json.Text::of);
    }
    List<Json> values = values(scope);
    return values.stream()
        .filter(value -> !(value instanceof Json.Null))
        .findFirst()
        .or(() -> values.stream().findFirst());
  }

  /**
   * Everything that is there, in the order of the alternatives; for an expression without joins.
   */
  List<Json> values(Scope scope) {
    return parts.get(0).alternatives().stream().flatMap(term -> values(term, scope)).toList();
  }

  /** The value as a text that identifies something: a scalar, and not blank. */
  Optional<String> text(Scope scope) {
    List<String> texts = new ArrayList<>();
    boolean found = false;
    for (Part part : parts) {
      Optional<String> text = texts(part, scope).findFirst();
      if (text.isEmpty() && !part.optional()) {
        return Optional.empty();
      }
      found |= text.isPresent();
      text.ifPresentOrElse(texts::add, () -> texts.add(""));
    }
    if (!found) {
      return Optional.empty();
    }
    // A missing optional part at the end leaves no colon behind; one in the middle keeps its place.
    while (texts.get(texts.size() - 1).isEmpty()) {
      texts.remove(texts.size() - 1);
    }
    return Optional.of(String.join(":", texts));
  }

  /** Every alternative that is there, in order; for an expression without joins. */
  List<String> texts(Scope scope) {
    return parts.size() == 1 ? texts(parts.get(0), scope).toList() : text(scope).stream().toList();
  }

  private static Stream<String> texts(Part part, Scope scope) {
    return part.alternatives().stream()
        .flatMap(term -> values(term, scope))
        .filter(value -> value instanceof Json.Text || value instanceof Json.Literal)
        .map(Json::text)
        .filter(text -> !text.isBlank());
  }

  private static Stream<Json> values(Term term, Scope scope) {
    return switch (term) {
      case Term.InElement field -> field.path().all(scope.element()).stream();
      case Term.InBody field -> field.path().all(scope.body()).stream();
      case Term.Header header ->
          scope.headers().getOrDefault(header.name(), List.of()).stream().map(Json.Text::of);
      case Term.Data field ->
          Stream.ofNullable(scope.data().get(field.name().replace("{noun}", scope.noun())));
      case Term.Noun noun -> Stream.of(Json.Text.of(scope.noun()));
      case Term.Index index -> Stream.of(Json.Text.of(Integer.toString(scope.index())));
      case Term.Each each -> Stream.of(scope.each());
      case Term.Constant constant -> Stream.of(Json.Text.of(constant.text()));
    };
  }

  /** Whether all it can find stands in the body, and so is signed where the body is. */
  boolean isWithinBody() {
    return parts.stream()
        .flatMap(part -> part.alternatives().stream())
        .noneMatch(term -> term instanceof Term.Header || term instanceof Term.Data);
  }

  /** Where it looks, for people: {@code data.lead_id or data.id}. */
  String inWords(Scope scope) {
    return Stream.of(BAR.split(written))
        .map(text -> text.strip().replace("{noun}", scope.noun()))
        .map(text -> text.startsWith("h:") ? "the header " + text.substring(2) : text)
        .map(text -> text.startsWith("d:") ? "data." + text.substring(2) : text)
        .collect(Collectors.joining(" or "));
  }

  @Override
  public String toString() {
    return written;
  }
}

package io.millrace.normalize.mapping;

import io.millrace.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Locates a value in a delivery. {@code +} joins parts with a colon, {@code |} takes the first
 * alternative that is present and binds tighter; a part that ends in {@code ?} may be missing, any
 * other missing part makes the whole value missing: an incomplete id would fit several events. An
 * alternative is
 *
 * <ul>
 *   <li>a {@link FieldPath} into the element: {@code data.object.id}
 *   <li>{@code b:} a path into the whole body, for what surrounds a batch
 *   <li>{@code h:} a header: {@code h:X-GitHub-Delivery}
 *   <li>{@code d:} a field of the event's data by canonical name; {@code {noun}} in it is replaced
 *       by what the event is about: {@code d:{noun}_id}
 *   <li>{@code @noun} what the event is about, {@code @index} its position in the delivery, {@code
 *       @each} the record it is for where {@code repeat} finds several
 *   <li>{@code 'text'} this text
 * </ul>
 */
public record Expression(String written, List<Part> parts) {
  /** The separators of parts and alternatives, outside of quotes and brackets. */
  private static final Pattern PLUS = Pattern.compile("\\+(?=(?:[^']*'[^']*')*[^']*$)");

  private static final Pattern BAR = Pattern.compile("\\|(?=(?:[^']*'[^']*')*[^']*$)");

  private static final Expression NOTHING = parse("''");

  public Expression {
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

    record Data(String name) implements Term {
      private static final String NOUN = "{noun}";

      String nameFor(String noun) {
        return name.indexOf('{') < 0 ? name : name.replace(NOUN, noun);
      }
    }

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

  /** The required expression of a key. */
  static Expression required(Section section, String key) {
    return section.require(key, "data.id").parsed(key, Expression::parse).orElse(NOTHING);
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

  /** The value; null only if every alternative is null. Joined parts give a text. */
  public Optional<Json> value(Scope scope) {
    if (parts.size() > 1) {
      return text(scope).map(Json.Text::of);
    }
    Optional<Json> first = Optional.empty();
    for (Term term : parts.getFirst().alternatives()) {
      for (Json value : values(term, scope)) {
        if (!(value instanceof Json.Null)) {
          return Optional.of(value);
        }
        first = first.isPresent() ? first : Optional.of(value);
      }
    }
    return first;
  }

  /**
   * All values that are present, in the order of the alternatives; for an expression without joins.
   */
  public List<Json> values(Scope scope) {
    List<Json> found = new ArrayList<>();
    for (Term term : parts.getFirst().alternatives()) {
      found.addAll(values(term, scope));
    }
    return found;
  }

  /** The value as a text that identifies something: a scalar, and not blank. */
  public Optional<String> text(Scope scope) {
    return parts.size() == 1 ? firstText(parts.getFirst(), scope) : joined(scope);
  }

  private Optional<String> joined(Scope scope) {
    List<String> texts = new ArrayList<>();
    boolean found = false;
    for (Part part : parts) {
      Optional<String> text = firstText(part, scope);
      if (text.isEmpty() && !part.optional()) {
        return Optional.empty();
      }
      found |= text.isPresent();
      text.ifPresentOrElse(texts::add, () -> texts.add(""));
    }
    if (!found) {
      return Optional.empty();
    }
    // A missing optional part at the end leaves no colon; one in the middle keeps its place.
    while (texts.getLast().isEmpty()) {
      texts.removeLast();
    }
    return Optional.of(String.join(":", texts));
  }

  /** Every alternative that is present, in order; for an expression without joins. */
  List<String> texts(Scope scope) {
    if (parts.size() > 1) {
      return text(scope).stream().toList();
    }
    List<String> texts = new ArrayList<>();
    for (Term term : parts.getFirst().alternatives()) {
      for (Json value : values(term, scope)) {
        if (isText(value)) {
          texts.add(value.text());
        }
      }
    }
    return texts;
  }

  private static Optional<String> firstText(Part part, Scope scope) {
    for (Term term : part.alternatives()) {
      for (Json value : values(term, scope)) {
        if (isText(value)) {
          return Optional.of(value.text());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isText(Json value) {
    return switch (value) {
      case Json.Text text -> !text.value().isBlank();
      case Json.Literal literal -> !literal.written().isBlank();
      case Json.Fields fields -> false;
      case Json.Items items -> false;
      case Json.Null none -> false;
    };
  }

  private static List<Json> values(Term term, Scope scope) {
    return switch (term) {
      case Term.InElement field -> field.path().all(scope.element());
      case Term.InBody field -> field.path().all(scope.body());
      case Term.Header header ->
          scope.headers().getOrDefault(header.name(), List.of()).stream()
              .<Json>map(Json.Text::of)
              .toList();
      case Term.Data field -> {
        Json value = scope.data().get(field.nameFor(scope.noun()));
        yield value == null ? List.of() : List.of(value);
      }
      case Term.Noun noun -> List.of(Json.Text.of(scope.noun()));
      case Term.Index index -> List.of(Json.Text.of(Integer.toString(scope.index())));
      case Term.Each each -> List.of(scope.each());
      case Term.Constant constant -> List.of(Json.Text.of(constant.text()));
    };
  }

  /** Whether it reads only the body, so that the value is signed if the body is. */
  boolean isWithinBody() {
    return parts.stream()
        .flatMap(part -> part.alternatives().stream())
        .noneMatch(term -> term instanceof Term.Header || term instanceof Term.Data);
  }

  /** Its locations, for messages: {@code data.lead_id or data.id}. */
  public String inWords(Scope scope) {
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

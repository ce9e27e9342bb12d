package io.millrace.normalize.mapping;

import io.millrace.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Locates a value in a delivery. {@code |} separates whole alternatives, of which the first that is
 * present counts; {@code +} joins the parts of one with a colon and binds tighter. So {@code
 * h:X-Id|type+id} is the header, or the type and the id; {@code type+(id|uuid)} is the type and
 * either of two ids. A part that ends in {@code ?} may be missing, any other missing part makes its
 * alternative missing: an incomplete id would fit several events. A part is
 *
 * <ul>
 *   <li>a {@link FieldPath} into the element: {@code data.object.id}
 *   <li>{@code b:} a path into the whole body, for what surrounds a batch
 *   <li>{@code h:} a header: {@code h:X-GitHub-Delivery}
 *   <li>{@code d:} a field of the event's data by canonical name; {@code {noun}} in it is replaced
 *       by what the event is about: {@code d:{noun}_id}
 *   <li>{@code @noun} what the event is about, {@code @index} its position in the delivery, {@code
 *       @each} the record it is for where {@code repeat} finds several, {@code @each.id} a value in
 *       it
 *   <li>{@code 'text'} this text
 *   <li>{@code (a|b+c)} the value of the expression in brackets
 * </ul>
 */
public record Expression(String written, List<Alternative> alternatives) {
  private static final Expression NOTHING = parse("''");

  public Expression {
    alternatives = List.copyOf(alternatives);
  }

  /** One of several ways to find the value: a single part, or several that are joined. */
  record Alternative(List<Part> parts) {
    Alternative {
      parts = List.copyOf(parts);
    }

    boolean isJoined() {
      return parts.size() > 1;
    }
  }

  /** One of the joined parts. */
  record Part(Term term, boolean optional) {}

  /** What a part finds. */
  sealed interface Term {
    record InElement(FieldPath path) implements Term {}

    record InBody(FieldPath path) implements Term {}

    /**
     * A header.
     *
     * @param name as written; a scope has the names in lower case
     */
    record Header(String name, String key) implements Term {
      Header(String name) {
        this(name, name.toLowerCase(Locale.ROOT));
      }
    }

    record Data(String name) implements Term {
      private static final String NOUN = "{noun}";

      String nameFor(String noun) {
        return name.indexOf('{') < 0 ? name : name.replace(NOUN, noun);
      }
    }

    record Noun() implements Term {}

    record Index() implements Term {}

    record Each(FieldPath path) implements Term {}

    record Constant(String text) implements Term {}

    record Group(Expression inner) implements Term {}
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Expression parse(String written) {
    return new ExpressionParser(written).expression();
  }

  /** The required expression of a key. */
  static Expression required(Section section, String key) {
    return section.require(key, "data.id").parsed(key, Expression::parse).orElse(NOTHING);
  }

  /** The value; null only if every alternative is null. Joined parts give a text. */
  public Optional<Json> value(Scope scope) {
    Optional<Json> first = Optional.empty();
    for (Alternative alternative : alternatives) {
      for (Json value : values(alternative, scope)) {
        if (!(value instanceof Json.Null)) {
          return Optional.of(value);
        }
        first = first.isPresent() ? first : Optional.of(value);
      }
    }
    return first;
  }

  /** All values that are present, in the order of the alternatives. Joined parts give a text. */
  public List<Json> values(Scope scope) {
    if (alternatives.size() == 1) {
      return values(alternatives.getFirst(), scope);
    }
    List<Json> found = new ArrayList<>();
    for (Alternative alternative : alternatives) {
      found.addAll(values(alternative, scope));
    }
    return found;
  }

  private static List<Json> values(Alternative alternative, Scope scope) {
    return alternative.isJoined()
        ? joined(alternative, scope)
            .<List<Json>>map(text -> List.of(Json.Text.of(text)))
            .orElse(List.of())
        : values(alternative.parts().getFirst().term(), scope);
  }

  /** The value as a text that identifies something: a scalar, and not blank. */
  public Optional<String> text(Scope scope) {
    for (Alternative alternative : alternatives) {
      Optional<String> text = text(alternative, scope);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Alternative alternative, Scope scope) {
    return alternative.isJoined()
        ? joined(alternative, scope)
        : firstText(alternative.parts().getFirst().term(), scope);
  }

  private static Optional<String> joined(Alternative alternative, Scope scope) {
    List<String> texts = new ArrayList<>();
    boolean found = false;
    for (Part part : alternative.parts()) {
      Optional<String> text = firstText(part.term(), scope);
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

  /** Every text that is present, in the order of the alternatives. */
  List<String> texts(Scope scope) {
    return values(scope).stream().filter(Expression::isText).map(Json::text).toList();
  }

  /**
   * Whether the text comes from around the element only, from headers or the body, and so is the
   * same for every element of a delivery.
   */
  public boolean isAround(Scope scope) {
    return present(scope).stream()
        .flatMap(alternative -> alternative.parts().stream())
        .map(Part::term)
        .filter(term -> firstText(term, scope).isPresent())
        .noneMatch(term -> isOfElement(term, scope));
  }

  private static boolean isOfElement(Term term, Scope scope) {
    return switch (term) {
      case Term.InElement field -> true;
      case Term.Data field -> true;
      case Term.Index index -> true;
      case Term.Each each -> true;
      case Term.InBody field -> false;
      case Term.Header header -> false;
      case Term.Noun noun -> false;
      case Term.Constant constant -> false;
      case Term.Group group -> !group.inner().isAround(scope);
    };
  }

  static Optional<String> firstText(Term term, Scope scope) {
    for (Json value : values(term, scope)) {
      if (isText(value)) {
        return Optional.of(value.text());
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
          scope.headers().getOrDefault(header.key(), List.of()).stream()
              .<Json>map(Json.Text::of)
              .toList();
      case Term.Data field -> {
        Json value = scope.data().get(field.nameFor(scope.noun()));
        yield value == null ? List.of() : List.of(value);
      }
      case Term.Noun noun -> List.of(Json.Text.of(scope.noun()));
      case Term.Index index -> List.of(Json.Text.of(Integer.toString(scope.index())));
      case Term.Each each -> each.path().all(scope.each());
      case Term.Constant constant -> List.of(Json.Text.of(constant.text()));
      case Term.Group group -> group.inner().values(scope);
    };
  }

  /** Whether it reads only the body, so that the value is signed if the body is. */
  boolean isWithinBody() {
    return alternatives.stream()
        .flatMap(alternative -> alternative.parts().stream())
        .map(Part::term)
        .noneMatch(
            term ->
                term instanceof Term.Header
                    || term instanceof Term.Data
                    || (term instanceof Term.Group group && !group.inner().isWithinBody()));
  }

  /** Whether it reads the event's data, which has to be made first. */
  boolean readsData() {
    return alternatives.stream()
        .flatMap(alternative -> alternative.parts().stream())
        .map(Part::term)
        .anyMatch(
            term ->
                term instanceof Term.Data
                    || term instanceof Term.Noun
                    || (term instanceof Term.Group group && group.inner().readsData()));
  }

  /** The first alternative that has a text. */
  Optional<Alternative> present(Scope scope) {
    return alternatives.stream()
        .filter(alternative -> text(alternative, scope).isPresent())
        .findFirst();
  }

  /** Its locations, for messages: {@code data.lead_id or data.id}. */
  public String inWords(Scope scope) {
    return alternatives.stream()
        .map(
            alternative ->
                alternative.parts().stream()
                    .map(part -> inWords(part.term(), scope))
                    .collect(Collectors.joining("+")))
        .collect(Collectors.joining(" or "));
  }

  private static String inWords(Term term, Scope scope) {
    return switch (term) {
      case Term.InElement field -> field.path().toString();
      case Term.InBody field -> "b:" + field.path();
      case Term.Header header -> "the header " + header.name();
      case Term.Data field -> "data." + field.nameFor(scope.noun());
      case Term.Noun noun -> "@noun";
      case Term.Index index -> "@index";
      case Term.Each each -> each.path().steps().isEmpty() ? "@each" : "@each." + each.path();
      case Term.Constant constant -> "'" + constant.text() + "'";
      case Term.Group group -> "(" + group.inner().inWords(scope) + ")";
    };
  }

  @Override
  public String toString() {
    return written;
  }
}

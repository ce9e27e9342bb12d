package io.millrace.normalize.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A canonical name with placeholders: {@code product.{event}}. A placeholder contains an {@link
 * Expression}, or {@code noun}, {@code verb} or {@code type} for a part of the sender's own name;
 * its value is converted to canonical form.
 */
public record NameTemplate(String written, List<Piece> pieces) {
  private static final Pattern GAP = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern LITERAL = Pattern.compile("[a-z0-9_.]*");

  public NameTemplate {
    pieces = List.copyOf(pieces);
  }

  sealed interface Piece {
    record Literal(String text) implements Piece {}

    record Noun() implements Piece {}

    record Verb() implements Piece {}

    record Type() implements Piece {}

    record Value(Expression expression) implements Piece {}
  }

  /** Whether it gives the same name for every event. */
  boolean isFixed() {
    return pieces.stream().allMatch(Piece.Literal.class::isInstance);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static NameTemplate parse(String written) {
    List<Piece> pieces = new ArrayList<>();
    Matcher gap = GAP.matcher(written);
    int end = 0;
    while (gap.find()) {
      pieces.add(literal(written.substring(end, gap.start()), written));
      pieces.add(
          switch (gap.group(1)) {
            case "noun" -> new Piece.Noun();
            case "verb" -> new Piece.Verb();
            case "type" -> new Piece.Type();
            default -> new Piece.Value(Expression.parse(gap.group(1)));
          });
      end = gap.end();
    }
    pieces.add(literal(written.substring(end), written));
    return new NameTemplate(written, pieces);
  }

  /** The expressions in its placeholders. */
  List<Expression> expressions() {
    return pieces.stream()
        .flatMap(
            piece ->
                piece instanceof Piece.Value gap ? Stream.of(gap.expression()) : Stream.empty())
        .toList();
  }

  private static Piece literal(String text, String written) {
    if (!LITERAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + written + "' is not a name like email.opened or product.{event}");
    }
    return new Piece.Literal(text);
  }

  /**
   * The name.
   *
   * @throws RefusedException MISSING_FIELD or INVALID_FIELD when a placeholder cannot be filled
   */
  public String fill(TypeName type, Scope scope) throws RefusedException {
    StringBuilder name = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Literal literal -> name.append(literal.text());
        case Piece.Noun noun -> name.append(type.noun());
        case Piece.Verb verb -> name.append(type.verb());
        case Piece.Type sent -> name.append(TypeName.slug(type.sent()));
        case Piece.Value gap -> name.append(value(gap.expression(), scope));
      }
    }
    return name.toString();
  }

  private static String value(Expression expression, Scope scope) throws RefusedException {
    String text =
        expression
            .text(scope)
            .orElseThrow(
                () ->
                    RefusedException.missing(
                        "A part of the event's type", expression.inWords(scope)));
    String slug = TypeName.slug(text);
    if (slug.isEmpty()) {
      throw RefusedException.invalid(expression.inWords(scope), text, "a name with letters");
    }
    return slug;
  }

  @Override
  public String toString() {
    return written;
  }
}

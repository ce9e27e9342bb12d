package io.millrace.normalize.mapping;

import io.millrace.normalize.mapping.Expression.Alternative;
import io.millrace.normalize.mapping.Expression.Part;
import io.millrace.normalize.mapping.Expression.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an {@link Expression}. Inside quotes, and inside the square brackets of a path, no
 * character separates. A round bracket opens a group only at the start of a part, because names of
 * fields may contain brackets: {@code answers.Budget (EUR)}.
 */
final class ExpressionParser {
  private final String written;
  private int at;

  ExpressionParser(String written) {
    this.written = written;
  }

  /** The whole text as an expression. */
  Expression expression() {
    Expression whole = alternatives();
    if (at < written.length()) {
      throw new IllegalArgumentException(
          "'" + written + "' has a closing bracket without an opening one");
    }
    return whole;
  }

  private Expression alternatives() {
    int start = at;
    List<Alternative> alternatives = new ArrayList<>();
    do {
      alternatives.add(alternative());
    } while (skip('|'));
    return new Expression(written.substring(start, at), alternatives);
  }

  private Alternative alternative() {
    List<Part> parts = new ArrayList<>();
    do {
      parts.add(part());
    } while (skip('+'));
    return new Alternative(parts);
  }

  private Part part() {
    while (at < written.length() && Character.isWhitespace(written.charAt(at))) {
      at++;
    }
    return skip('(') ? group() : term();
  }

  private Part group() {
    Expression inner = alternatives();
    if (!skip(')')) {
      throw new IllegalArgumentException("'" + written + "' has a bracket that is not closed");
    }
    String rest = upToSeparator();
    if (!rest.isEmpty() && !rest.equals("?")) {
      throw new IllegalArgumentException("'" + written + "' has no + or | after a closing bracket");
    }
    return new Part(new Term.Group(inner), !rest.isEmpty());
  }

  private Part term() {
    String text = upToSeparator();
    boolean optional = text.endsWith("?");
    return new Part(term(optional ? text.substring(0, text.length() - 1).strip() : text), optional);
  }

  private String upToSeparator() {
    int start = at;
    int round = 0;
    char inside = 0;
    for (; at < written.length(); at++) {
      char each = written.charAt(at);
      if (inside != 0) {
        inside = each == inside ? 0 : inside;
      } else if (each == '\'' && closes('\'')) {
        inside = '\'';
      } else if (each == '[' && closes(']')) {
        inside = ']';
      } else if (each == '|' || each == '+' || (each == ')' && round == 0)) {
        break;
      } else {
        round += each == '(' ? 1 : each == ')' ? -1 : 0;
      }
    }
    return written.substring(start, at).strip();
  }

  private boolean closes(char end) {
    return written.indexOf(end, at + 1) >= 0;
  }

  private boolean skip(char separator) {
    boolean isThere = at < written.length() && written.charAt(at) == separator;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private static Term term(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an expression, or a part of it, is empty");
    }
    if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
      return new Term.Constant(text.substring(1, text.length() - 1));
    }
    if (text.startsWith("h:")) {
      return new Term.Header(text.substring(2));
    }
    if (text.startsWith("d:")) {
      return new Term.Data(text.substring(2));
    }
    if (text.startsWith("b:")) {
      return new Term.InBody(FieldPath.parse(text.substring(2)));
    }
    if (text.startsWith("@each.")) {
      return new Term.Each(FieldPath.parse(text.substring("@each.".length())));
    }
    return switch (text) {
      case "@noun" -> new Term.Noun();
      case "@index" -> new Term.Index();
      case "@each" -> new Term.Each(FieldPath.parse("$"));
      default -> new Term.InElement(FieldPath.parse(text));
    };
  }
}

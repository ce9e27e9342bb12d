package io.millrace.normalize.mapping;

import io.millrace.normalize.mapping.Expression.Alternative;
import io.millrace.normalize.mapping.Expression.Part;
import io.millrace.normalize.mapping.Expression.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which headers of a request an expression reads: nobody may have signed them. */
final class HeadersRead {
  private HeadersRead() {}

  /**
   * The headers that come before the body, in lower case: for each part that begins with any, those
   * that are alternatives, in order.
   */
  static List<List<String>> beforeTheBody(Expression expression) {
    List<List<String>> places = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (Alternative alternative : expression.alternatives()) {
      Term first = alternative.parts().getFirst().term();
      if (alternative.isJoined() || !(first instanceof Term.Header header)) {
        alternative.parts().forEach(part -> places.addAll(beforeTheBody(part.term())));
        break;
      }
      alone.add(header.key());
    }
    if (!alone.isEmpty()) {
      places.addFirst(List.copyOf(alone));
    }
    return places;
  }

  private static List<List<String>> beforeTheBody(Term term) {
    return switch (term) {
      case Term.Group group -> beforeTheBody(group.inner());
      case Term.Header header -> List.of(List.of(header.key()));
      case Term.InElement field -> List.of();
      case Term.InBody field -> List.of();
      case Term.Data field -> List.of();
      case Term.Noun noun -> List.of();
      case Term.Index index -> List.of();
      case Term.Each each -> List.of();
      case Term.Constant constant -> List.of();
    };
  }

  /** Every header that it can read, in lower case. */
  static Stream<String> all(Expression expression) {
    return expression.alternatives().stream()
        .flatMap(alternative -> alternative.parts().stream())
        .map(Part::term)
        .flatMap(
            term ->
                switch (term) {
                  case Term.Header header -> Stream.of(header.key());
                  case Term.Group group -> all(group.inner());
                  default -> Stream.empty();
                });
  }

  /** Whether its value, or a part of it, is that of one of these headers, named in lower case. */
  static boolean isRead(Expression expression, Set<String> from, Scope scope) {
    return expression.present(scope).stream()
        .flatMap(alternative -> alternative.parts().stream())
        .map(Part::term)
        .filter(term -> Expression.firstText(term, scope).isPresent())
        .anyMatch(
            term ->
                (term instanceof Term.Header header && from.contains(header.key()))
                    || (term instanceof Term.Group group && isRead(group.inner(), from, scope)));
  }
}

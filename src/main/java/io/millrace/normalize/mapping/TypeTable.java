package io.millrace.normalize.mapping;

import io.millrace.model.EventSize;
import io.millrace.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the canonical type of an event: the source's own rows first, then its provider's. */
public record TypeTable(EventExtraction extraction, List<TypeRule> rules) {

  public TypeTable {
    rules = List.copyOf(rules);
  }

  public static TypeTable of(EventExtraction extraction, Mapping mapping) {
    return new TypeTable(
        extraction, Stream.concat(mapping.types().stream(), extraction.types().stream()).toList());
  }

  /**
   * A canonical type.
   *
   * @param name noun.verb in lower case
   * @param record which record it is about, where its row says so
   */
  public record Found(String name, Optional<RecordRule> record) {
    /** What it is about. */
    public String noun() {
      int dot = name.indexOf('.');
      return dot < 0 ? name : name.substring(0, dot);
    }

    /** The parts of the name. */
    public TypeName parts() {
      return new TypeName(
          name, noun(), name.substring(Math.min(name.length(), noun().length() + 1)));
    }
  }

  /**
   * The type of this event.
   *
   * @throws RefusedException MISSING_FIELD or INVALID_FIELD when the event has no type
   */
  public Found find(Scope scope) throws RefusedException {
    Expression path = extraction.type();
    String sent =
        path.text(scope)
            .orElseThrow(() -> RefusedException.missing("The event's type", path.inWords(scope)));
    Optional<String> about = extraction.noun().flatMap(noun -> noun.text(scope));
    TypeName type = TypeName.of(sent, about, extraction.nouns());
    if (type.noun().isEmpty()) {
      throw RefusedException.invalid(path.inWords(scope), sent, "a type with letters");
    }
    Optional<TypeRule> rule = rule(type, scope);
    Optional<NameTemplate> template = rule.flatMap(TypeRule::to);
    String name = template.isPresent() ? template.get().fill(type, scope) : type.canonical();
    if (name.length() > EventSize.MAX_NAME) {
      throw new RefusedException(
          Reason.INVALID_FIELD,
          "The event's type at "
              + path.inWords(scope)
              + " is longer than "
              + EventSize.MAX_NAME
              + " characters.");
    }
    return new Found(name, rule.flatMap(TypeRule::record));
  }

  private Optional<TypeRule> rule(TypeName type, Scope scope) {
    for (TypeRule row : rules) {
      if (row.fits(type, scope)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }
}

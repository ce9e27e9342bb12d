package io.millrace.flow.expression;

import dev.cel.common.types.SimpleType;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A test of an event, written in CEL over {@code event_type}, {@code source}, {@code record.type},
 * {@code record.id}, {@code data} and {@code previous}.
 */
public final class EventCondition {
  private static final ExpressionLanguage LANGUAGE =
      new ExpressionLanguage(EventView.VARIABLES, List.of());

  private final String text;
  private final Program program;
  private final Optional<PlainCondition> plain;

  private EventCondition(String text, Program program, Optional<PlainCondition> plain) {
    this.text = text;
    this.program = program;
    this.plain = plain;
  }

  /**
   * Compiles a test.
   *
   * @throws InvalidExpressionException when it is not valid CEL, uses an unknown name, or does not
   *     return true or false
   */
  public static EventCondition of(String text) {
    ExpressionLanguage.Compiled compiled =
        LANGUAGE.compiled(text, Set.of(SimpleType.BOOL), (call, faults) -> {});
    return new EventCondition(
        text,
        compiled.program(),
        PlainCondition.of(compiled.tree(), LANGUAGE.regularExpressions()));
  }

  /** Whether it is true; false if it uses a field that the event does not have. */
  public boolean holds(EventView event) {
    return plain.isPresent() ? plain.get().holds(event) : holdsInCel(event);
  }

  /** Whether it is evaluated without CEL's runtime. */
  boolean isPlain() {
    return plain.isPresent();
  }

  /** The result of CEL's own runtime. */
  boolean holdsInCel(EventView event) {
    return ExpressionLanguage.value(() -> program.eval(event))
        .filter(Boolean.TRUE::equals)
        .isPresent();
  }

  @Override
  public String toString() {
    return text;
  }
}

package io.millrace.flow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Common tests of an event, evaluated without CEL's runtime: fields compared with texts, and such
 * tests combined with {@code &&}, {@code ||} and {@code !}. The results are the same as CEL's, at a
 * lower cost: a missing field is an exception in the runtime, and a value here. All other
 * expressions are left to CEL.
 */
final class PlainCondition {
  /**
   * As in CEL, a test of a missing field has no answer, but a combination with another test may
   * have one.
   */
  private enum Answer {
    YES,
    NO,
    NONE;

    static Answer of(boolean value) {
      return value ? YES : NO;
    }
  }

  private interface Test {
    Answer answer(EventView event);
  }

  /** A text that may be missing in the event. */
  private interface Text {
    @Nullable String of(EventView event);
  }

  private final Test test;

  private PlainCondition(Test test) {
    this.test = test;
  }

  /**
   * The same test as a checked expression.
   *
   * @param expressions where the regular expressions of the expression are compiled
   * @return empty where it needs CEL
   */
  static Optional<PlainCondition> of(CelAbstractSyntaxTree tree, RegularExpressions expressions) {
    return test(tree.getExpr(), expressions).map(PlainCondition::new);
  }

  /** Whether it is true; false if it has no answer. */
  boolean holds(EventView event) {
    return test.answer(event) == Answer.YES;
  }

  private static Optional<Test> test(CelExpr expression, RegularExpressions expressions) {
    return switch (expression.getKind()) {
      case CALL -> call(expression.call(), expressions);
      case SELECT -> expression.select().testOnly() ? has(expression.select()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Test> has(CelSelect select) {
    return fields(select.operand())
        .map(fields -> event -> Answer.of(fields.of(event).containsKey(select.field())));
  }

  private static Optional<Test> call(CelCall call, RegularExpressions expressions) {
    List<CelExpr> operands = new ArrayList<>();
    call.target().ifPresent(operands::add);
    operands.addAll(call.args());
    return switch (call.function()) {
      case "_||_" -> joined(operands, expressions, Answer.YES);
      case "_&&_" -> joined(operands, expressions, Answer.NO);
      case "!_" -> test(operands.getFirst(), expressions).map(PlainCondition::not);
      case "_==_" -> compared(operands, String::equals);
      case "_!=_" -> compared(operands, (one, other) -> !one.equals(other));
      case "startsWith" -> compared(operands, String::startsWith);
      case "endsWith" -> compared(operands, String::endsWith);
      case "contains" -> compared(operands, String::contains);
      case "matches" -> compared(operands, expressions::find);
      case "@in" -> listed(operands);
      default -> Optional.empty();
    };
  }

  private static Test not(Test test) {
    return event ->
        switch (test.answer(event)) {
          case YES -> Answer.NO;
          case NO -> Answer.YES;
          case NONE -> Answer.NONE;
        };
  }

  /** The deciding answer of either operand decides; otherwise both must have an answer. */
  private static Optional<Test> joined(
      List<CelExpr> operands, RegularExpressions expressions, Answer deciding) {
    Optional<Test> one = test(operands.getFirst(), expressions);
    Optional<Test> other = test(operands.getLast(), expressions);
    return one.isEmpty() || other.isEmpty()
        ? Optional.empty()
        : Optional.of(joined(one.get(), other.get(), deciding));
  }

  private static Test joined(Test one, Test other, Answer deciding) {
    return event -> {
      Answer first = one.answer(event);
      if (first == deciding) {
        return first;
      }
      Answer second = other.answer(event);
      return second == deciding || first != Answer.NONE ? second : first;
    };
  }

  private static Optional<Test> compared(
      List<CelExpr> operands, BiPredicate<String, String> comparison) {
    Optional<Text> one = text(operands.getFirst());
    Optional<Text> other = text(operands.getLast());
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    Text left = one.get();
    Text right = other.get();
    return Optional.of(
        event -> {
          String first = left.of(event);
          String second = right.of(event);
          return first == null || second == null
              ? Answer.NONE
              : Answer.of(comparison.test(first, second));
        });
  }

  private static Optional<Test> listed(List<CelExpr> operands) {
    Optional<Text> text = text(operands.getFirst());
    if (text.isEmpty() || operands.getLast().getKind() != CelExpr.ExprKind.Kind.LIST) {
      return Optional.empty();
    }
    Set<String> listed = new HashSet<>();
    for (CelExpr element : operands.getLast().list().elements()) {
      Optional<String> constant = ExpressionLanguage.text(element);
      if (constant.isEmpty()) {
        return Optional.empty();
      }
      listed.add(constant.get());
    }
    Text looked = text.get();
    return Optional.of(
        event -> {
          String value = looked.of(event);
          return value == null ? Answer.NONE : Answer.of(listed.contains(value));
        });
  }

  private static Optional<Text> text(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> ExpressionLanguage.text(expression).map(constant -> event -> constant);
      case IDENT -> attribute(expression.ident().name());
      case SELECT ->
          expression.select().testOnly()
              ? Optional.empty()
              : field(expression.select().operand(), expression.select().field());
      case CALL ->
          expression.call().function().equals("_[_]")
              ? ExpressionLanguage.text(expression.call().args().getLast())
                  .flatMap(name -> field(expression.call().args().getFirst(), name))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Text> attribute(String name) {
    return switch (name) {
      case "event_type", "source" -> Optional.of(event -> event.attribute(name));
      default -> Optional.empty();
    };
  }

  private static Optional<Text> field(CelExpr operand, String name) {
    return fields(operand).map(fields -> event -> fields.of(event).get(name));
  }

  private interface Fields {
    Map<String, String> of(EventView event);
  }

  private static Optional<Fields> fields(CelExpr expression) {
    if (expression.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return Optional.empty();
    }
    return switch (expression.ident().name()) {
      case "data" -> Optional.of(EventView::data);
      case "previous" -> Optional.of(EventView::previous);
      default -> Optional.empty();
    };
  }
}

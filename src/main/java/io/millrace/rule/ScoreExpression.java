package io.millrace.rule;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * CEL over what a person did: {@code count(ACTIVITY)}, {@code count(ACTIVITY, DAYS)} and {@code
 * days(ACTIVITY, DAYS)}.
 */
public final class ScoreExpression {
  private static final String COUNT = "count";
  private static final String DAYS = "days";
  private static final String COUNT_EVER = "count_string";
  private static final String COUNT_LATELY = "count_string_int";
  private static final String DAYS_LATELY = "days_string_int";

  private static final ExpressionLanguage LANGUAGE =
      new ExpressionLanguage(
          List.of(),
          List.of(
              CelFunctionDecl.newFunctionDeclaration(
                  COUNT,
                  CelOverloadDecl.newGlobalOverload(COUNT_EVER, SimpleType.INT, SimpleType.STRING),
                  CelOverloadDecl.newGlobalOverload(
                      COUNT_LATELY, SimpleType.INT, SimpleType.STRING, SimpleType.INT)),
              CelFunctionDecl.newFunctionDeclaration(
                  DAYS,
                  CelOverloadDecl.newGlobalOverload(
                      DAYS_LATELY, SimpleType.INT, SimpleType.STRING, SimpleType.INT))));

  private final String text;
  private final Program program;

  private ScoreExpression(String text, Program program) {
    this.text = text;
    this.program = program;
  }

  /**
   * An expression that is true or false.
   *
   * @param countable every activity it may ask for
   * @throws InvalidExpressionException when it is none
   */
  public static ScoreExpression condition(String text, Set<String> countable) {
    return compile(text, Set.of(SimpleType.BOOL), countable);
  }

  /**
   * An expression that is a number.
   *
   * @param countable every activity it may ask for
   * @throws InvalidExpressionException when it is none
   */
  public static ScoreExpression number(String text, Set<String> countable) {
    return compile(text, Set.of(SimpleType.INT, SimpleType.DOUBLE), countable);
  }

  private static ScoreExpression compile(String text, Set<CelType> results, Set<String> countable) {
    return new ScoreExpression(
        text, LANGUAGE.compile(text, results, (call, faults) -> check(call, countable, faults)));
  }

  /** Arguments stand in the expression itself, so that a misspelt activity is found at once. */
  private static void check(CelCall call, Set<String> countable, Consumer<String> faults) {
    String function = call.function();
    if (!function.equals(COUNT) && !function.equals(DAYS)) {
      return;
    }
    Optional<String> activity = ExpressionLanguage.text(call.args().getFirst());
    if (activity.isEmpty()) {
      faults.accept(function + " needs the activity as a text in quotes");
    } else if (!countable.contains(activity.get())) {
      faults.accept(RuleFields.notDeclared(activity.get(), countable));
    }
    if (call.args().size() == 2 && !isDays(call.args().getLast())) {
      faults.accept(
          "%s needs a whole number of days from 1 to %d"
              .formatted(function, ActivityCounts.DAYS_KEPT));
    }
  }

  private static boolean isDays(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
        && expression.constant().int64Value() >= 1
        && expression.constant().int64Value() <= ActivityCounts.DAYS_KEPT;
  }

  /** Whether it is true; it is not where it cannot be reckoned (a division by 0). */
  boolean holds(ActivityCounts counts) {
    return value(counts).filter(Boolean.TRUE::equals).isPresent();
  }

  /** Its number; none where it cannot be reckoned or is not finite. */
  Optional<Double> number(ActivityCounts counts) {
    return value(counts).map(value -> ((Number) value).doubleValue()).filter(Double::isFinite);
  }

  private Optional<Object> value(ActivityCounts counts) {
    return ExpressionLanguage.value(() -> program.eval(Map.of(), functions(counts)));
  }

  @SuppressWarnings("Immutable") // the functions live as long as one evaluation, in its thread
  private static CelLateFunctionBindings functions(ActivityCounts counts) {
    return CelLateFunctionBindings.from(
        CelFunctionBinding.from(COUNT_EVER, String.class, counts::count),
        CelFunctionBinding.from(COUNT_LATELY, String.class, Long.class, counts::count),
        CelFunctionBinding.from(DAYS_LATELY, String.class, Long.class, counts::days));
  }

  @Override
  public String toString() {
    return text;
  }
}

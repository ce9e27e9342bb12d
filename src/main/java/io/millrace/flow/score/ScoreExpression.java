package io.millrace.flow.score;

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
import io.millrace.flow.expression.ExpressionLanguage;
import io.millrace.yaml.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** How many values of an expression are cached. */
  private static final int MOST_VALUES = 10_000;

  private final String text;
  private final Program program;
  private final List<Call> calls;

  /**
   * An expression depends only on the results of its calls, which are small numbers: usually its
   * value is cached and CEL is not run.
   */
  private final Map<List<Long>, Optional<Object>> values = new ConcurrentHashMap<>();

  private ScoreExpression(String text, Program program, List<Call> calls) {
    this.text = text;
    this.program = program;
    this.calls = calls;
  }

  /** A call in the expression, with all its arguments. */
  private record Call(String function, String activity, Optional<Long> days) {
    static Call of(CelCall call) {
      return new Call(
          call.function(),
          ExpressionLanguage.text(call.args().getFirst()).orElseThrow(),
          call.args().size() == 2
              ? Optional.of(call.args().getLast().constant().int64Value())
              : Optional.empty());
    }

    long answer(ActivityCounts counts) {
      if (days.isEmpty()) {
        return counts.count(activity);
      }
      return function.equals(DAYS)
          ? counts.days(activity, days.get())
          : counts.count(activity, days.get());
    }
  }

  /**
   * An expression that is true or false.
   *
   * @param countable every activity it may count
   * @throws InvalidExpressionException when it is invalid
   */
  public static ScoreExpression condition(String text, Set<String> countable) {
    return compile(text, Set.of(SimpleType.BOOL), countable);
  }

  /**
   * An expression that is a number.
   *
   * @param countable every activity it may count
   * @throws InvalidExpressionException when it is invalid
   */
  public static ScoreExpression number(String text, Set<String> countable) {
    return compile(text, Set.of(SimpleType.INT, SimpleType.DOUBLE), countable);
  }

  private static ScoreExpression compile(String text, Set<CelType> results, Set<String> countable) {
    List<CelCall> found = new ArrayList<>();
    Program program =
        LANGUAGE.compile(
            text,
            results,
            (call, faults) -> {
              check(call, countable, faults);
              found.add(call);
            });
    return new ScoreExpression(
        text,
        program,
        found.stream().filter(ScoreExpression::isCounting).map(Call::of).distinct().toList());
  }

  /** Arguments must be constants, so that a misspelt activity is found at once. */
  private static void check(CelCall call, Set<String> countable, Consumer<String> faults) {
    String function = call.function();
    if (!isCounting(call)) {
      return;
    }
    Optional<String> activity = ExpressionLanguage.text(call.args().getFirst());
    if (activity.isEmpty()) {
      faults.accept(function + " needs the activity as a quoted text");
    } else if (!countable.contains(activity.get())) {
      faults.accept(
          "'%s' is not declared, %s"
              .formatted(activity.get(), Suggestions.remedy(activity.get(), countable)));
    }
    if (call.args().size() == 2 && !isDays(call.args().getLast())) {
      faults.accept(
          "%s needs a whole number of days from 1 to %d"
              .formatted(function, ActivityCounts.DAYS_KEPT));
    }
  }

  private static boolean isCounting(CelCall call) {
    return call.function().equals(COUNT) || call.function().equals(DAYS);
  }

  private static boolean isDays(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
        && expression.constant().int64Value() >= 1
        && expression.constant().int64Value() <= ActivityCounts.DAYS_KEPT;
  }

  /** Whether it is true; false if it has no value (a division by 0). */
  boolean holds(ActivityCounts counts) {
    return value(counts).filter(Boolean.TRUE::equals).isPresent();
  }

  /** Its number; empty if it has no value or is not finite. */
  Optional<Double> number(ActivityCounts counts) {
    return value(counts).map(value -> ((Number) value).doubleValue()).filter(Double::isFinite);
  }

  private Optional<Object> value(ActivityCounts counts) {
    List<Long> answers = calls.stream().map(call -> call.answer(counts)).toList();
    Optional<Object> known = values.get(answers);
    if (known == null) {
      known = computed(counts);
      if (values.size() < MOST_VALUES) {
        values.put(answers, known);
      }
    }
    return known;
  }

  private Optional<Object> computed(ActivityCounts counts) {
    return ExpressionLanguage.value(() -> program.eval(Map.of(), functions(counts)));
  }

  @SuppressWarnings("Immutable") // the functions are used only during one evaluation, in its thread
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

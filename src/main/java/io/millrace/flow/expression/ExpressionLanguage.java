package io.millrace.flow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.Program;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The Common Expression Language (<a href="https://cel.dev">cel.dev</a>) as rules use it. The value
 * of an expression depends only on its input: there is no clock and no randomness. It terminates:
 * loops run only over the parts of a value, and iterations are limited. Type errors are reported
 * when an expression is read.
 */
public final class ExpressionLanguage {
  private static final int MAX_LENGTH = 2_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(50)
          .comprehensionMaxIterations(10_000)
          .build();

  /** Only the macros that test; those that build lists could exhaust memory. */
  private static final List<CelStandardMacro> MACROS =
      List.of(
          CelStandardMacro.HAS,
          CelStandardMacro.ALL,
          CelStandardMacro.EXISTS,
          CelStandardMacro.EXISTS_ONE);

  /** Errors in a valid expression that the input values can cause. */
  private static final Set<CelErrorCode> UNDECIDED =
      EnumSet.of(
          CelErrorCode.ATTRIBUTE_NOT_FOUND,
          CelErrorCode.INDEX_OUT_OF_BOUNDS,
          CelErrorCode.DIVIDE_BY_ZERO,
          CelErrorCode.NUMERIC_OVERFLOW,
          CelErrorCode.BAD_FORMAT,
          CelErrorCode.INVALID_ARGUMENT);

  private final RegularExpressions expressions = new RegularExpressions();
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  public ExpressionLanguage(List<CelVarDecl> variables, List<CelFunctionDecl> functions) {
    compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(MACROS)
            .addVarDeclarations(variables)
            .addFunctionDeclarations(functions)
            .build();
    runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(
                CelStandardFunctions.newBuilder()
                    .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                    .build())
            .addFunctionBindings(expressions.functions())
            .addLateBoundFunctions(functions.stream().map(CelFunctionDecl::name).toList())
            .build();
  }

  /** Checks one function call in an expression and reports its faults. */
  public interface CallCheck {
    void check(CelCall call, Consumer<String> faults);
  }

  /**
   * Compiles an expression.
   *
   * @param results the permitted types of its value
   * @throws InvalidExpressionException when it is invalid or has another type
   */
  public Program compile(String text, Set<CelType> results, CallCheck calls) {
    return compiled(text, results, calls).program();
  }

  /** A program, and the checked expression it was compiled from. */
  record Compiled(Program program, CelAbstractSyntaxTree tree) {}

  /** The regular expressions of all compiled expressions. */
  RegularExpressions regularExpressions() {
    return expressions;
  }

  /**
   * The same, with the checked expression.
   *
   * @throws InvalidExpressionException when it is invalid or has another type
   */
  Compiled compiled(String text, Set<CelType> results, CallCheck calls) {
    List<String> faults = new ArrayList<>();
    CelValidationResult result = compiler.compile(text);
    if (result.hasError()) {
      result.getErrors().forEach(issue -> faults.add(inWords(issue)));
      throw new InvalidExpressionException(faults);
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      if (!results.contains(tree.getResultType())) {
        faults.add("must be %s, not %s".formatted(names(results), tree.getResultType().name()));
      }
      CelNavigableAst.fromAst(tree)
          .getRoot()
          .allNodes()
          .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
          .map(node -> node.expr().call())
          .forEach(call -> check(call, calls, faults));
      if (faults.isEmpty()) {
        return new Compiled(runtime.createProgram(tree), tree);
      }
    } catch (CelValidationException | CelEvaluationException invalid) {
      faults.add(String.valueOf(invalid.getMessage()));
    }
    throw new InvalidExpressionException(faults);
  }

  private void check(CelCall call, CallCheck calls, List<String> faults) {
    if (call.function().equals("matches")) {
      checkPattern(call, faults);
    }
    calls.check(call, faults::add);
  }

  /** Otherwise an invalid regular expression would only fail at the first event. */
  private void checkPattern(CelCall call, List<String> faults) {
    Optional<String> pattern = text(call.args().getLast());
    if (pattern.isEmpty()) {
      faults.add("matches needs its regular expression as a quoted text");
      return;
    }
    expressions.fault(pattern.get()).ifPresent(fault -> faults.add("matches: " + fault));
  }

  /** The text of a string constant. */
  public static Optional<String> text(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        ? Optional.of(expression.constant())
            .filter(constant -> constant.getKind() == CelConstant.Kind.STRING_VALUE)
            .map(CelConstant::stringValue)
        : Optional.empty();
  }

  /** Evaluates a program. */
  public interface Evaluation {
    Object value() throws CelEvaluationException;
  }

  /**
   * The value, or empty if the input does not give one: a missing field, a text that is not a
   * number, a division by zero.
   *
   * @throws IllegalStateException when the expression itself is at fault
   */
  public static Optional<Object> value(Evaluation evaluation) {
    try {
      return Optional.of(evaluation.value());
    } catch (CelEvaluationException failure) {
      if (UNDECIDED.contains(failure.getErrorCode())) {
        return Optional.empty();
      }
      throw new IllegalStateException(
          "An expression in the rules failed: " + failure.getMessage(), failure);
    }
  }

  private static String inWords(CelIssue issue) {
    CelSourceLocation place = issue.getSourceLocation();
    String message = issue.getMessage().replace(" (in container '')", "");
    return "line %d, column %d: %s".formatted(place.getLine(), place.getColumn() + 1, message);
  }

  private static String names(Set<CelType> types) {
    return String.join(" or ", types.stream().map(CelType::name).sorted().toList());
  }
}

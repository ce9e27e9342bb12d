package io.millrace.flow.account;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.Program;
import io.millrace.event.AccountMember;
import io.millrace.event.StandingSignals;
import io.millrace.flow.expression.ExpressionLanguage;
import io.millrace.flow.expression.InvalidExpressionException;
import io.millrace.yaml.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** CEL over one person of an account: {@code score} and {@code signal(NAME)}. */
final class PersonCondition {
  private static final String SIGNAL = "signal";
  private static final String SIGNAL_OF_NAME = "signal_string";

  private static final ExpressionLanguage LANGUAGE =
      new ExpressionLanguage(
          List.of(CelVarDecl.newVarDeclaration("score", SimpleType.INT)),
          List.of(
              CelFunctionDecl.newFunctionDeclaration(
                  SIGNAL,
                  CelOverloadDecl.newGlobalOverload(
                      SIGNAL_OF_NAME, SimpleType.BOOL, SimpleType.STRING))));

  /** How many answers of a condition are cached. */
  private static final int MOST_ANSWERS = 10_000;

  private final String text;
  private final Program program;
  private final Set<String> named;

  /** A condition depends on a small number and few names: usually CEL is not run. */
  private final Map<Asked, Boolean> answers = new ConcurrentHashMap<>();

  private record Asked(int score, Set<String> signals) {}

  private PersonCondition(String text, Program program, Set<String> named) {
    this.text = text;
    this.program = program;
    this.named = named;
  }

  /**
   * Compiles a condition.
   *
   * @param personSignals every signal it may name
   * @throws InvalidExpressionException when it is invalid
   */
  static PersonCondition of(String text, Set<String> personSignals) {
    Set<String> named = new TreeSet<>();
    Program program =
        LANGUAGE.compile(
            text,
            Set.of(SimpleType.BOOL),
            (call, faults) -> check(call, personSignals, named, faults));
    return new PersonCondition(text, program, Set.copyOf(named));
  }

  /** The argument must be constant, so that a misspelt signal is found at once. */
  private static void check(
      CelCall call, Set<String> personSignals, Set<String> named, Consumer<String> faults) {
    if (!call.function().equals(SIGNAL)) {
      return;
    }
    Optional<String> name = ExpressionLanguage.text(call.args().getFirst());
    if (name.isEmpty()) {
      faults.accept("signal needs the name of a signal as a quoted text");
    } else if (!personSignals.contains(name.get())) {
      faults.accept(
          "'%s' is not declared, %s"
              .formatted(name.get(), Suggestions.remedy(name.get(), personSignals)));
    } else {
      named.add(name.get());
    }
  }

  /** Whether it is true of a person; false if it has no value (a division by 0). */
  boolean holds(AccountMember member) {
    Set<String> signals = new HashSet<>();
    for (StandingSignals each : member.getSignals()) {
      if (named.contains(each.getSignal())) {
        signals.add(each.getSignal());
      }
    }
    Asked asked = new Asked(member.getScore(), signals);
    Boolean known = answers.get(asked);
    if (known == null) {
      known = answer(asked);
      if (answers.size() < MOST_ANSWERS) {
        answers.put(asked, known);
      }
    }
    return known;
  }

  @SuppressWarnings("Immutable") // the function is used only during one evaluation, in its thread
  private boolean answer(Asked asked) {
    CelLateFunctionBindings functions =
        CelLateFunctionBindings.from(
            CelFunctionBinding.from(SIGNAL_OF_NAME, String.class, asked.signals()::contains));
    return ExpressionLanguage.value(
            () -> program.eval(Map.of("score", (long) asked.score()), functions))
        .filter(Boolean.TRUE::equals)
        .isPresent();
  }

  @Override
  public String toString() {
    return text;
  }
}

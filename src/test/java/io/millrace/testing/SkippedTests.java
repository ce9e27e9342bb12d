package io.millrace.testing;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Ends every run with the list of tests that were left out, and why. */
public final class SkippedTests implements TestExecutionListener {
  private final List<String> skipped = Collections.synchronizedList(new ArrayList<>());
  private final PrintStream out;

  /** As the service loader makes it. */
  public SkippedTests() {
    this(System.out);
  }

  SkippedTests(PrintStream out) {
    this.out = out;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.add(line(test, reason));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.ABORTED) {
      skipped.add(
          line(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given")));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!skipped.isEmpty()) {
      out.printf("%nSKIPPED: %d of this run%n", skipped.size());
      skipped.forEach(out::println);
      out.println();
    }
  }

  private static String line(TestIdentifier test, String reason) {
    return "  %s: %s".formatted(test.getSource().map(SkippedTests::name).orElse(""), reason);
  }

  private static String name(TestSource source) {
    return switch (source) {
      case MethodSource method -> method.getClassName() + "." + method.getMethodName();
      case ClassSource type -> type.getClassName();
      default -> source.toString();
    };
  }
}

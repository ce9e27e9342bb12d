package io.millrace.cli;

import io.millrace.event.Event;
import io.millrace.event.FieldProblem;
import java.io.PrintWriter;

/** Prints the invalid fields of an event that is accepted despite them. */
public final class BadFields {
  private BadFields() {}

  /** Prints a line for each; none for an event without invalid fields. */
  public static void print(Event event, String indentation, PrintWriter out) {
    for (FieldProblem problem : event.getMetadata().getProblems()) {
      out.printf("%s%s: %s%n", indentation, problem.getError(), done(problem));
    }
  }

  private static String done(FieldProblem problem) {
    String value = problem.getValue().map(text -> " (it was \"" + text + "\")").orElse("");
    return switch (problem.getPolicy()) {
      case "KEEP" -> "kept as sent";
      case "OMIT" -> "left out" + value;
      case "NULL" -> "cleared" + value;
      default -> problem.getPolicy() + value;
    };
  }
}

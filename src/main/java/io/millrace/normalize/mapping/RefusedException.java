package io.millrace.normalize.mapping;

import io.millrace.event.FieldProblem;
import io.millrace.model.Reason;
import java.util.List;

/**
 * Ends the processing of one element, or of a whole delivery, with a reason. Checked and caught in
 * one place: it never leaves the package.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient List<FieldProblem> problems;

  public RefusedException(Reason reason, String error) {
    this(reason, error, List.of());
  }

  public RefusedException(Reason reason, String error, List<FieldProblem> problems) {
    // A refusal is an ordinary outcome: its stack trace is not used, and bursts are likely.
    super(error, null, false, false);
    this.reason = reason;
    this.problems = List.copyOf(problems);
  }

  /** All bad fields of a refused event; empty for other reasons. */
  public List<FieldProblem> problems() {
    return problems;
  }

  public Reason reason() {
    return reason;
  }

  /** The message. */
  public String error() {
    return String.valueOf(getMessage());
  }

  public static RefusedException missing(String what, String field) {
    return new RefusedException(
        Reason.MISSING_FIELD, what + " is missing: there is nothing at " + field + ".");
  }

  public static RefusedException invalid(String field, String value, String expected) {
    return new RefusedException(
        Reason.INVALID_FIELD,
        field + " is " + abbreviated(value) + ", which is not " + expected + ".");
  }

  public static String abbreviated(String value) {
    return value.length() <= 200
        ? "'" + value + "'"
        : "'" + value.substring(0, 200) + "...' (" + value.length() + " characters)";
  }
}

package io.millrace.normalize;

import io.millrace.event.DeadLetter;
import io.millrace.event.FieldProblem;
import java.util.List;

/** The result of one part of a delivery: an event, or a dead letter with the reason. */
public sealed interface Normalized {

  /** A canonical event. */
  record Event(io.millrace.event.Event event) implements Normalized {}

  /**
   * A part that is not a valid event, with its original bytes.
   *
   * @param problems the bad fields, if these are the reason
   */
  record Refused(DeadLetter deadLetter, List<FieldProblem> problems) implements Normalized {
    public Refused {
      problems = List.copyOf(problems);
    }

    public Refused(DeadLetter deadLetter) {
      this(deadLetter, List.of());
    }
  }
}

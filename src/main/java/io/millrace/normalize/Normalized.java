package io.millrace.normalize;

import io.millrace.event.DeadLetter;
import io.millrace.event.FieldProblem;
import java.util.List;

/** What became of one part of a delivery: an event, or a dead letter that says why not. */
public sealed interface Normalized {

  /** A canonical event. */
  record Event(io.millrace.event.Event event) implements Normalized {}

  /**
   * Something that could not be made an event, with its original bytes.
   *
   * @param problems the bad fields, where these are why
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

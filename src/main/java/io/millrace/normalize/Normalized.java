package io.millrace.normalize;

import io.millrace.event.DeadLetter;
import io.millrace.event.FieldProblem;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.Lineage;
import java.util.List;

/**
 * The result of one part of a delivery: an event, a dead letter with the reason, or nothing, if the
 * entry declares that such a part reports nothing.
 */
public sealed interface Normalized {

  /**
   * A canonical event.
   *
   * @param sightings which identifiers it names together, as far as the event's own topic does not
   *     say so
   */
  record Event(io.millrace.event.Event event, List<IdentifierSighting> sightings)
      implements Normalized {
    public Event {
      sightings = List.copyOf(sightings);
    }

    public Event(io.millrace.event.Event event) {
      this(event, List.of());
    }
  }

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

  /**
   * A part that reports nothing: a ping, a heartbeat, an empty page. There is nothing to write; the
   * delivery itself stays where it is.
   *
   * @param what the name that the entry gives it
   */
  record Nothing(String what, Lineage lineage) implements Normalized {}
}

package io.millrace.flow.person;

import io.millrace.event.PersonHistory;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;

/** Sends the history of an identifier to the person that it belongs to now. */
public final class Departed {
  private Departed() {}

  /** Writes one step's part of the history. */
  public static void send(
      StepOutput output, PersonInput.Departure departure, PersonHistory history, Cause cause) {
    output.write(Topics.PERSON_MESSAGES, departure.to(), departure.message(history), cause);
  }

  /** A change as the cause of what a step writes. */
  public static Cause cause(PersonInput.Change change, long arrival) {
    return Cause.ofEngagement("identifier:" + change.identifier(), change, arrival);
  }
}

package io.millrace.flow.engagement;

import io.millrace.flow.person.PersonInput;

/**
 * What the steps of a person's behaviour receive: engagement, or an identifier that joins or
 * leaves.
 */
public sealed interface Behaviour permits Engagement, Behaviour.Changed {

  /** What belongs to the person has changed. */
  record Changed(PersonInput.Change change) implements Behaviour {}
}

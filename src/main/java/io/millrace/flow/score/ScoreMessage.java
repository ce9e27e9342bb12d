package io.millrace.flow.score;

import io.millrace.flow.person.PersonInput;

/**
 * What the step of scores receives: behaviour that counts, or an identifier that joins or leaves.
 */
public sealed interface ScoreMessage permits ScoreInput, ScoreMessage.Changed {

  /** What belongs to the person has changed; everything that counts for it before was received. */
  record Changed(PersonInput.Change change) implements ScoreMessage {}
}

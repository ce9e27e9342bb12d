package io.millrace.flow.score;

import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import java.util.List;
import java.util.Optional;

/**
 * What a piece of behaviour did to a person's score.
 *
 * @param memory what to remember from now on
 * @param score the present score, where anything about it is new
 * @param change the change, where the score or a contribution is another than before
 * @param raised an event for each threshold that is reached, the lowest first
 * @param compared what is new about the candidate model
 */
public record ScoreOutcome(
    ScoreMemory memory,
    Optional<LeadScore> score,
    Optional<LeadScoreChange> change,
    List<Event> raised,
    Compared compared) {
  public ScoreOutcome {
    raised = List.copyOf(raised);
  }
}

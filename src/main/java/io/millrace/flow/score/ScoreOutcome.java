package io.millrace.flow.score;

import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import java.util.List;
import java.util.Optional;

/**
 * The effect on a person's score.
 *
 * @param memory what to remember from now on; it has no time if nothing is left of the person
 * @param part what the identifier has contributed so far, if it is not the person's own; empty if
 *     nothing is left of it
 * @param score the current score, if anything about it is new
 * @param change the change, if the score or a contribution has changed
 * @param raised an event for each threshold that is reached, the lowest first
 * @param compared the change in the comparison with the candidate model
 */
public record ScoreOutcome(
    ScoreMemory memory,
    Optional<ScorePart> part,
    Optional<LeadScore> score,
    Optional<LeadScoreChange> change,
    List<Event> raised,
    ComparisonResult compared) {
  public ScoreOutcome {
    raised = List.copyOf(raised);
  }
}

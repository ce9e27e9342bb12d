package io.millrace.rule;

import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreMemory;
import java.util.Optional;

/**
 * What a piece of behaviour did to a person's score.
 *
 * @param memory what to remember from now on
 * @param score the present score, where anything about it is new
 * @param change the change, where the score or a contribution is another than before
 */
public record ScoreOutcome(
    ScoreMemory memory, Optional<LeadScore> score, Optional<LeadScoreChange> change) {}

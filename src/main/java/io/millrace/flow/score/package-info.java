/**
 * Scores: points for a person's activities, which decay over time, and the thresholds a score
 * crosses.
 */
@NullMarked
package io.millrace.flow.score;

import org.jspecify.annotations.NullMarked;

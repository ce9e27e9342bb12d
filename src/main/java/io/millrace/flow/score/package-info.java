/** Scores: points for what a person did, fading with time, and the thresholds a score crosses. */
@NullMarked
package io.millrace.flow.score;

import org.jspecify.annotations.NullMarked;

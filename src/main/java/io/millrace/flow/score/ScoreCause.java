package io.millrace.flow.score;

import java.time.Instant;

/**
 * What changes a score.
 *
 * @param text its origin: batch:ID, signal:ID or identity:ID
 * @param arrival when it became known
 */
record ScoreCause(String text, Instant arrival) {
  static ScoreCause of(ScoreInput input) {
    return new ScoreCause(input.cause(), input.arrival());
  }

  /** An identifier that has joined or left the person. */
  static ScoreCause ofMove(String identifier, Instant arrival) {
    return new ScoreCause("identity:" + identifier, arrival);
  }

  /** Its kind: batch, signal or identity. */
  String kind() {
    return text.substring(0, text.indexOf(':'));
  }
}

package io.millrace.cli.identity;

import io.millrace.event.AccountScore;
import io.millrace.event.LeadScore;
import java.time.Instant;

/**
 * The score of a person or of an account.
 *
 * @param topic the name of the topic that has its row
 */
record Score(String topic, int score, String model, Instant asOf) {
  static Score of(String topic, LeadScore row) {
    return new Score(topic, row.getScore(), row.getModel(), row.getAsOf());
  }

  static Score of(String topic, AccountScore row) {
    return new Score(topic, row.getScore(), row.getModel(), row.getAsOf());
  }
}

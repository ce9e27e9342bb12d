package io.millrace.bench.simulator.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to send a request.
 *
 * @param request index of the request in the plan
 * @param number counts the attempts of a request from 1
 * @param sentAt when it was sent
 * @param answer the answer; empty if the process or the connection ended first
 */
public record Attempt(int request, int number, Instant sentAt, Optional<Answer> answer) {

  /**
   * An answer.
   *
   * @param at when it arrived
   * @param status the HTTP status
   * @param reason the edge's reason, empty when it accepted
   * @param deliveryId the delivery's id, if the answer contained it
   */
  public record Answer(Instant at, int status, String reason, Optional<String> deliveryId) {
    public boolean accepted() {
      return status >= 200 && status < 300;
    }

    /** Whether it is final; otherwise the sender retries. */
    public boolean isFinal() {
      return status < 500 && status != 429;
    }
  }
}

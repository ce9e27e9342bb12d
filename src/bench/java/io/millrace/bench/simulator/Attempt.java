package io.millrace.bench.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * One try to send a request.
 *
 * @param request index of the request in the plan
 * @param number counts the tries of a request from 1
 * @param sentAt when it was sent
 * @param answer what came back; empty when the process or the connection ended first
 */
public record Attempt(int request, int number, Instant sentAt, Optional<Answer> answer) {

  /**
   * An answer.
   *
   * @param at when it came
   * @param status the HTTP status
   * @param reason the edge's reason, empty when it accepted
   * @param deliveryId the id it gave the delivery, where it said so
   */
  public record Answer(Instant at, int status, String reason, Optional<String> deliveryId) {
    public boolean accepted() {
      return status >= 200 && status < 300;
    }

    /** Whether it settles the request; otherwise a sender tries again. */
    public boolean isFinal() {
      return status < 500 && status != 429;
    }
  }
}

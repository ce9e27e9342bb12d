package io.millrace.provider;

import java.util.Optional;

/**
 * The answer to a sender once its delivery is stored.
 *
 * @param status 200 to 299
 * @param contentType of the body
 * @param body empty for the default one, which contains the delivery's id
 */
public record Reply(int status, String contentType, Optional<String> body) {
  /** Status 200 and a JSON body with the delivery's id. */
  public static final Reply USUAL = new Reply(200, "application/json", Optional.empty());

  public Reply {
    if (status < 200 || status > 299) {
      throw new IllegalArgumentException("a success status is 200 to 299, not " + status);
    }
  }
}

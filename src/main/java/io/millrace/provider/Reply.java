package io.millrace.provider;

import io.millrace.verify.SignedRequest;
import java.util.Optional;

/**
 * The answer to a sender once its delivery is stored.
 *
 * @param status 200 to 299
 * @param contentType of the body
 * @param body empty for the default one, which contains the delivery's id
 */
public record Reply(int status, String contentType, Optional<ReplyBody> body) {
  private static final String JSON = "application/json";
  private static final int NO_CONTENT = 204;
  private static final int RESET_CONTENT = 205;

  /** Status 200 and a JSON body with the delivery's id. */
  public static final Reply USUAL = new Reply(200, JSON, Optional.empty());

  public Reply {
    if (status < 200 || status > 299) {
      throw new IllegalArgumentException("a success status is 200 to 299, not " + status);
    }
    boolean mustBeEmpty = status == NO_CONTENT || status == RESET_CONTENT;
    if (mustBeEmpty && body.filter(text -> text.written().isEmpty()).isEmpty()) {
      throw new IllegalArgumentException(
          "an answer with status " + status + " has no content; add body: \"\"");
    }
    if (body.filter(ReplyBody::hasPlaceholders).isPresent() && !contentType.equals(JSON)) {
      throw new IllegalArgumentException(
          "{json:...} is for answers of the type " + JSON + ", not " + contentType);
    }
  }

  /** The body that answers a delivery. */
  public String body(SignedRequest request, String deliveryId) {
    return body.map(text -> text.answering(request))
        .orElseGet(() -> "{\"delivery_id\": \"" + deliveryId + "\"}");
  }
}

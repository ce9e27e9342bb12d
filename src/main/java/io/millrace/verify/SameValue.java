package io.millrace.verify;

import io.millrace.model.Reason;
import java.util.Optional;

/**
 * Two places in a request that must agree: one of them is not signed, and must not contradict the
 * signed one. An empty place always agrees.
 */
public record SameValue(ValueLocation first, ValueLocation second) {

  void check(SignedRequest request) {
    Optional<String> one = first.read(request);
    Optional<String> other = one.isPresent() ? second.read(request) : Optional.empty();
    if (other.isPresent() && !one.equals(other)) {
      throw new Refusal(
          Reason.BAD_SIGNATURE,
          "The signature is valid, but the "
              + first.describe()
              + " and the "
              + second.describe()
              + " do not agree");
    }
  }
}

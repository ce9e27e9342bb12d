package io.millrace.verify;

import io.millrace.model.Reason;
import java.util.Optional;

/**
 * Two places of a request that have to agree: one of them is not signed, and what is not signed
 * must not say anything else. A place that is empty says nothing.
 */
public record SameValue(ValueLocation first, ValueLocation second) {

  void check(SignedRequest request) {
    Optional<String> one = first.read(request);
    Optional<String> other = one.isPresent() ? second.read(request) : Optional.empty();
    if (other.isPresent() && !one.equals(other)) {
      throw new Refusal(
          Reason.BAD_SIGNATURE,
          "Rightly signed, but the "
              + first.describe()
              + " and the "
              + second.describe()
              + " do not agree");
    }
  }
}

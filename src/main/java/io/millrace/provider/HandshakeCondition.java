package io.millrace.provider;

import io.millrace.verify.SignedRequest;
import io.millrace.verify.ValueLocation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The condition under which a request is a handshake instead of a delivery.
 *
 * @param unsigned whether a {@code POST} counts even if its sender was not verified
 * @param when what else the request must contain
 */
record HandshakeCondition(Set<String> methods, boolean unsigned, Optional<Sign> when) {
  HandshakeCondition {
    methods = Set.copyOf(methods);
  }

  /**
   * A value that only handshakes have.
   *
   * @param is the value; empty for any
   */
  record Sign(ValueLocation location, Optional<String> is) {
    boolean isIn(SignedRequest request) {
      return mayBeIn(request)
          && location.find(request).filter(value -> is.map(value::equals).orElse(true)).isPresent();
    }

    /** Nearly every request is a delivery, so search for the word before parsing the body. */
    private boolean mayBeIn(SignedRequest request) {
      return !(location instanceof ValueLocation.InJson json)
          || new String(request.body(), StandardCharsets.UTF_8)
              .contains(
                  is.orElseGet(() -> json.path().substring(json.path().lastIndexOf('.') + 1)));
    }
  }

  boolean holds(HandshakeRequest asked) {
    SignedRequest request = asked.request();
    boolean trusted = unsigned || asked.verified() || !request.method().equals("POST");
    return trusted
        && methods.contains(request.method())
        && when.map(sign -> sign.isIn(request)).orElse(true);
  }
}

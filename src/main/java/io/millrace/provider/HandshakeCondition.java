package io.millrace.provider;

import io.millrace.verify.SignedRequest;
import io.millrace.verify.ValueLocation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * When a request is a handshake and no delivery.
 *
 * @param unsigned whether one by {@code POST} counts though nobody proved who sent it
 * @param when what else it has to hold
 */
record HandshakeCondition(Set<String> methods, boolean unsigned, Optional<Sign> when) {
  HandshakeCondition {
    methods = Set.copyOf(methods);
  }

  /**
   * A place where only handshakes have something.
   *
   * @param is what it has there; empty: anything
   */
  record Sign(ValueLocation location, Optional<String> is) {
    boolean isIn(SignedRequest request) {
      return mayBeIn(request)
          && location.find(request).filter(value -> is.map(value::equals).orElse(true)).isPresent();
    }

    /** Nearly every request is a delivery: look for the word before parsing a body. */
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

package io.millrace.provider;

import io.millrace.verify.SignedRequest;
import io.millrace.verify.ValueLocation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The condition under which a request is a handshake instead of a delivery.
 *
 * @param unsigned whether a {@code POST} counts even if its sender was not verified
 * @param when what else the request must contain
 * @param emptyBody whether it must have no body
 */
record HandshakeCondition(
    Set<String> methods, boolean unsigned, Optional<Sign> when, boolean emptyBody) {
  /** Many times the size of any provider's handshake. */
  static final int MAX_UNSIGNED_BYTES = 16 * 1024;

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
          || contains(
              request.body(),
              is.orElseGet(() -> json.path().substring(json.path().lastIndexOf('.') + 1))
                  .getBytes(StandardCharsets.UTF_8));
    }

    /** Without making a text of the body, which would take its size again. */
    private static boolean contains(byte[] body, byte[] word) {
      if (word.length == 0) {
        return true;
      }
      for (int start = 0; start <= body.length - word.length; start++) {
        if (body[start] == word[0]
            && Arrays.equals(body, start, start + word.length, word, 0, word.length)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Whether the request is the handshake. What nobody signed is looked at only if it is as small as
   * a handshake: looking at it costs parsing.
   */
  boolean holds(HandshakeRequest asked) {
    SignedRequest request = asked.request();
    boolean small = request.body().length <= MAX_UNSIGNED_BYTES;
    boolean trusted = asked.verified() || (small && (unsigned || !request.method().equals("POST")));
    return trusted
        && methods.contains(request.method())
        && !(emptyBody && request.body().length > 0)
        && when.map(sign -> sign.isIn(request)).orElse(true);
  }
}

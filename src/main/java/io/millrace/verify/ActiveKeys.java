package io.millrace.verify;

import io.millrace.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The keys that are active at the time of verification. */
record ActiveKeys(List<ActiveKey> keys) {
  ActiveKeys {
    keys = List.copyOf(keys);
  }

  /** A key and the reference of its secret. */
  record ActiveKey(String reference, KeyMaterial key) {}

  /** Refuses the request if there is no key. */
  void requireAny() {
    if (keys.isEmpty()) {
      throw noSecret();
    }
  }

  /**
   * Returns the reference of the key that signed; always tries every key, even after a match.
   *
   * @param contents the texts that may have been signed, given the key
   */
  String signer(
      List<byte[]> signatures,
      Function<KeyMaterial, List<byte[]>> contents,
      Consumer<String> steps) {
    Optional<String> matched = Optional.empty();
    for (ActiveKey key : keys) {
      boolean signed = false;
      for (byte[] content : contents.apply(key.key())) {
        signed |= key.key().signed(content, signatures);
      }
      if (signed) {
        matched = matched.or(() -> Optional.of(key.reference()));
      }
    }
    steps.accept("secrets: " + keys.size() + " active, all tried");
    matched.ifPresent(reference -> steps.accept("signature: made with " + reference));
    return matched.orElseThrow(
        () ->
            new Refusal(
                Reason.BAD_SIGNATURE,
                "No signature matches any of the "
                    + keys.size()
                    + " active secret(s) and the request as received"));
  }

  /** The refusal when there is no active secret. */
  static Refusal noSecret() {
    return new Refusal(
        Reason.NO_SECRET,
        "No secret is active at this time; check notBefore and notAfter of the source's secrets");
  }
}

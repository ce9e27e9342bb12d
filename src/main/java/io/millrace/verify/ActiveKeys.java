package io.millrace.verify;

import io.millrace.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The keys that count at the time judged by. */
record ActiveKeys(List<ActiveKey> keys) {
  ActiveKeys {
    keys = List.copyOf(keys);
  }

  /** A key, and where it came from. */
  record ActiveKey(String reference, KeyMaterial key) {}

  /** Refuses to go on without any key. */
  void requireAny() {
    if (keys.isEmpty()) {
      throw noSecret();
    }
  }

  /**
   * The reference of the key that signed; tries every key in full, whichever matched before.
   *
   * @param contents what may have been signed, once the key is known
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
                "No signature was made with any of "
                    + keys.size()
                    + " active secret(s) over the request as it came"));
  }

  /** Why there was nothing to judge by. */
  static Refusal noSecret() {
    return new Refusal(
        Reason.NO_SECRET,
        "No secret is active at this time; check notBefore and notAfter of the source's secrets");
  }
}

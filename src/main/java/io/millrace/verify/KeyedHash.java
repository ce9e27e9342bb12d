package io.millrace.verify;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash of a text, which some senders request to check that the receiver has the secret.
 *
 * @param prefix put before the hash, such as {@code sha256=}
 */
public record KeyedHash(Hash hash, KeyFormat key, Encoding encoding, String prefix) {

  /** Returns the hash as text; empty if the secret cannot be a key. */
  public Optional<String> of(String text, Secret secret) {
    try {
      SecretKeySpec decoded = new SecretKeySpec(key.decode(secret.value()), hash.macName());
      byte[] mac = new KeyMaterial.Shared(decoded, hash).mac(text.getBytes(StandardCharsets.UTF_8));
      return Optional.of(prefix + encoding.encode(mac));
    } catch (InvalidSecretException unusable) {
      return Optional.empty();
    }
  }
}

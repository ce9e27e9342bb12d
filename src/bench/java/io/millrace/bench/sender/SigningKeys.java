package io.millrace.bench.sender;

/**
 * A new key for a sender to sign with, and the key for its receiver to verify with.
 *
 * @param signing for {@link Signers#of}: the shared secret, or the private key as base64 PKCS #8
 * @param verifying for the secrets of a source: the shared secret, or the public key as the
 *     provider shows it
 */
public record SigningKeys(String signing, String verifying) {

  /**
   * Keys of the kind a provider uses.
   *
   * @param provider one of {@link Signers#providers}
   * @throws IllegalArgumentException if it is unknown
   */
  public static SigningKeys draw(String provider) {
    return Signers.sender(provider).keys().draw();
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SigningKeys[***]";
  }
}

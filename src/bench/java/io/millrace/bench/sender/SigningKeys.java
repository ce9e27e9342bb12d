package io.millrace.bench.sender;

/**
 * What a sender signs with and what its receiver verifies with, freshly drawn.
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
   * @throws IllegalArgumentException if it is none of them
   */
  public static SigningKeys draw(String provider) {
    return Signers.sender(provider).keys().draw();
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "SigningKeys[***]";
  }
}

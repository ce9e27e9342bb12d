package io.millrace.stack.simulator.sender;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What a sender signs with and what its receiver verifies with, freshly drawn.
 *
 * @param signing for {@link Signers#of}: the shared secret, or the private key as base64 PKCS #8
 * @param verifying for the secrets of a source: the shared secret, or the public key as the
 *     provider shows it
 */
public record SigningKeys(String signing, String verifying) {
  private static final int SECRET_BYTES = 32;

  /**
   * Keys of the kind a provider uses.
   *
   * @param provider one of {@link Signers#providers}
   */
  public static SigningKeys draw(String provider) {
    return switch (provider) {
      case "sendgrid" -> pair(KeyPairs.P256, SigningKeys::spki);
      default -> shared(HexFormat.of().formatHex(random()));
    };
  }

  private static SigningKeys shared(String secret) {
    return new SigningKeys(secret, secret);
  }

  private static SigningKeys pair(KeyPairs kind, PublicText text) {
    KeyPair pair = kind.generate();
    return new SigningKeys(
        base64(pair.getPrivate().getEncoded()), text.of(pair.getPublic().getEncoded()));
  }

  private static String spki(byte[] encoded) {
    return base64(encoded);
  }

  private static byte[] random() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Names no key. */
  @Override
  public String toString() {
    return "SigningKeys[***]";
  }

  /** How a provider writes its public key, given in X.509's SubjectPublicKeyInfo. */
  @FunctionalInterface
  private interface PublicText {
    String of(byte[] encoded);
  }
}

package io.millrace.stack.simulator;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Keys and signatures on the curve P-256, as text. */
final class EllipticKeys {
  private EllipticKeys() {}

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException unavailable) {
      throw new IllegalStateException("This JDK cannot make P-256 keys", unavailable);
    }
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException if it is not base64 PKCS #8 of a P-256 key
   */
  static PrivateKey privateKey(String base64) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException invalid) {
      throw new IllegalArgumentException(
          "The signing key of an ECDSA source must be a private key in base64 PKCS #8", invalid);
    }
  }

  /** The signature in DER, base64. */
  static String sign(String privateKey, byte[]... pieces) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(privateKey(privateKey));
      for (byte[] piece : pieces) {
        signature.update(piece);
      }
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException unavailable) {
      throw new IllegalStateException("This JDK cannot sign with P-256", unavailable);
    }
  }

  static String text(byte[] encoded) {
    return Base64.getEncoder().encodeToString(encoded);
  }
}

package io.millrace.bench.sender;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;

/** The kinds of key pairs senders sign with; the private half is written as base64 PKCS #8. */
enum KeyPairs {
  P256("EC", "SHA256withECDSA", new ECGenParameterSpec("secp256r1")),
  ED25519("Ed25519", "Ed25519", NamedParameterSpec.ED25519),
  RSA("RSA", "SHA256withRSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
  RSA_SHA1("RSA", "SHA1withRSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));

  private final String family;
  private final String algorithm;

  // The fields of these constants never change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final AlgorithmParameterSpec parameters;

  KeyPairs(String family, String algorithm, AlgorithmParameterSpec parameters) {
    this.family = family;
    this.algorithm = algorithm;
    this.parameters = parameters;
  }

  String algorithm() {
    return algorithm;
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException unavailable) {
      throw new IllegalStateException("This JDK cannot make keys of type " + family, unavailable);
    }
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException if it is not of this kind
   */
  PrivateKey privateKey(String base64) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64.strip());
      return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException invalid) {
      throw new IllegalArgumentException(
          "This provider signs with a private " + family + " key in base64 PKCS #8", invalid);
    }
  }
}

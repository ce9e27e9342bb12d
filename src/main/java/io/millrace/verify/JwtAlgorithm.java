package io.millrace.verify;

import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.spec.SecretKeySpec;

/** How a JSON Web Token is signed (RFC 7518, section 3.1). The configuration names the one. */
public enum JwtAlgorithm {
  HS256,
  RS256,
  ES256;

  private static final int SHORTEST_RSA_KEY = 2048;
  private static final int P256_BITS = 256;

  KeyMaterial key(KeyFormat format, Secret secret) throws InvalidSecretException {
    byte[] bytes = format.decode(secret.value());
    return switch (this) {
      case HS256 ->
          new KeyMaterial.Shared(new SecretKeySpec(bytes, Hash.SHA256.macName()), Hash.SHA256);
      case RS256 -> rsa(bytes);
      case ES256 -> elliptic(bytes);
    };
  }

  private static KeyMaterial rsa(byte[] spki) throws InvalidSecretException {
    if (!(KeyMaterial.publicKey("RSA", spki) instanceof RSAPublicKey key)
        || key.getModulus().bitLength() < SHORTEST_RSA_KEY) {
      throw new InvalidSecretException("it is an RSA key of less than 2048 bits");
    }
    return new KeyMaterial.Public(key, "SHA256withRSA");
  }

  /** The signature is the two numbers side by side (RFC 7518, section 3.4), not in DER. */
  private static KeyMaterial elliptic(byte[] spki) throws InvalidSecretException {
    if (!(KeyMaterial.publicKey("EC", spki) instanceof ECPublicKey key)
        || key.getParams().getOrder().bitLength() != P256_BITS) {
      throw new InvalidSecretException("it is not a key on the curve P-256");
    }
    return new KeyMaterial.Public(key, "SHA256withECDSAinP1363Format");
  }
}

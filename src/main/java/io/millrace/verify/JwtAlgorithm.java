package io.millrace.verify;

import java.security.PublicKey;
import org.jose4j.jws.EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256;
import org.jose4j.jws.HmacUsingShaAlgorithm.HmacSha256;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm.RsaSha256;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.InvalidKeyException;

/**
 * A signature algorithm of JSON Web Tokens (RFC 7518, section 3.1). The configuration chooses it.
 */
public enum JwtAlgorithm {
  HS256(new HmacSha256()),
  RS256(new RsaSha256()),
  ES256(new EcdsaP256UsingSha256());

  /** Stateless; never looked up by a token's header, so a token cannot choose it. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final JsonWebSignatureAlgorithm signature;

  JwtAlgorithm(JsonWebSignatureAlgorithm signature) {
    this.signature = signature;
  }

  KeyMaterial key(KeyFormat format, Secret secret) throws InvalidSecretException {
    byte[] bytes = format.decode(secret.value());
    return switch (this) {
      // Secrets of less than 256 bits are in use, so the library does not check this key.
      case HS256 -> new KeyMaterial.OfToken(signature, new HmacKey(bytes));
      case RS256 -> publicKey("RSA", bytes, "it is an RSA key of less than 2048 bits");
      case ES256 -> publicKey("EC", bytes, "it is not a key on the curve P-256");
    };
  }

  private KeyMaterial publicKey(String type, byte[] spki, String weakness)
      throws InvalidSecretException {
    PublicKey key = KeyMaterial.publicKey(type, spki);
    try {
      signature.validateVerificationKey(key);
      return new KeyMaterial.OfToken(signature, key);
    } catch (InvalidKeyException unfit) {
      throw new InvalidSecretException(weakness);
    }
  }
}

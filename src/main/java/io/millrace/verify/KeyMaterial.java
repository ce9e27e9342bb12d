package io.millrace.verify;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.JoseException;

/** A key made from a secret, ready for its algorithm. */
sealed interface KeyMaterial {
  /** The bytes in front of the 32 bytes of an Ed25519 key in SPKI (RFC 8410, section 4). */
  byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  int ED25519_LENGTH = 32;

  /**
   * Whether one of the signatures was made with this key over the content. Every signature is
   * compared in full, even after a match.
   */
  boolean signed(byte[] content, List<byte[]> signatures);

  /** The key as bytes, for a text that contains the secret; empty for a public key. */
  byte[] secretBytes();

  /** What the signed text calls the key by; empty if it has no such name. */
  default String label() {
    return "";
  }

  static KeyMaterial of(Algorithm algorithm, KeyFormat format, Secret secret)
      throws InvalidSecretException {
    KeyMaterial key = unlabelled(algorithm, format, secret);
    return format.labelled() ? new Labelled(key, format.label(secret.value())) : key;
  }

  private static KeyMaterial unlabelled(Algorithm algorithm, KeyFormat format, Secret secret)
      throws InvalidSecretException {
    byte[] bytes = format.decode(secret.value());
    return switch (algorithm) {
      case Algorithm.Hmac hmac ->
          new Shared(new SecretKeySpec(bytes, hmac.hash().macName()), hmac.hash());
      case Algorithm.Digest digest ->
          new Embedded(new SecretKeySpec(bytes, digest.hash().macName()), digest.hash());
      case Algorithm.Ecdsa ecdsa ->
          new Public(publicKey("EC", bytes), ecdsa.hash().signatureName("ECDSA"));
      case Algorithm.Rsa rsa ->
          new Public(publicKey("RSA", bytes), rsa.hash().signatureName("RSA"));
      case Algorithm.Ed25519 ed25519 ->
          new Public(publicKey("Ed25519", withEd25519Head(bytes)), "Ed25519");
    };
  }

  /** A key with a label. */
  record Labelled(KeyMaterial key, String label) implements KeyMaterial {
    @Override
    public boolean signed(byte[] content, List<byte[]> signatures) {
      return key.signed(content, signatures);
    }

    @Override
    public byte[] secretBytes() {
      return key.secretBytes();
    }
  }

  /** The key of an HMAC. */
  record Shared(SecretKeySpec key, Hash hash) implements KeyMaterial {
    @Override
    public byte[] secretBytes() {
      return key.getEncoded();
    }

    @Override
    public boolean signed(byte[] content, List<byte[]> signatures) {
      return anyEqual(mac(content), signatures);
    }

    byte[] mac(byte[] content) {
      try {
        Mac mac = Mac.getInstance(hash.macName());
        mac.init(key);
        return mac.doFinal(content);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("This JDK lacks " + hash.macName(), impossible);
      }
    }
  }

  /** A secret that is part of the hashed text. */
  record Embedded(SecretKeySpec key, Hash hash) implements KeyMaterial {
    @Override
    public byte[] secretBytes() {
      return key.getEncoded();
    }

    @Override
    public boolean signed(byte[] content, List<byte[]> signatures) {
      return anyEqual(hash.of(content), signatures);
    }
  }

  /** The public key of a sender. */
  record Public(PublicKey key, String signatureName) implements KeyMaterial {
    @Override
    public byte[] secretBytes() {
      return new byte[0];
    }

    @Override
    public boolean signed(byte[] content, List<byte[]> signatures) {
      boolean any = false;
      for (byte[] signature : signatures) {
        any |= verifies(content, signature);
      }
      return any;
    }

    private boolean verifies(byte[] content, byte[] signature) {
      try {
        Signature verifier = Signature.getInstance(signatureName);
        verifier.initVerify(key);
        verifier.update(content);
        return verifier.verify(signature);
      } catch (SignatureException notASignature) {
        return false;
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("This JDK lacks " + signatureName, impossible);
      }
    }
  }

  /** The key of a JSON Web Token, with the only algorithm it may be used with. */
  record OfToken(JsonWebSignatureAlgorithm algorithm, Key key) implements KeyMaterial {
    private static final ProviderContext JDK = new ProviderContext();

    @Override
    public byte[] secretBytes() {
      return new byte[0];
    }

    @Override
    public boolean signed(byte[] content, List<byte[]> signatures) {
      boolean any = false;
      for (byte[] signature : signatures) {
        any |= verifies(content, signature);
      }
      return any;
    }

    private boolean verifies(byte[] content, byte[] signature) {
      try {
        return algorithm.verifySignature(signature, key, content, JDK);
      } catch (JoseException notASignature) {
        return false;
      }
    }
  }

  private static boolean anyEqual(byte[] expected, List<byte[]> signatures) {
    boolean any = false;
    for (byte[] signature : signatures) {
      any |= MessageDigest.isEqual(expected, signature);
    }
    return any;
  }

  static PublicKey publicKey(String type, byte[] spki) throws InvalidSecretException {
    try {
      return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException notAKey) {
      throw new InvalidSecretException("it is not a public key of type " + type);
    }
  }

  private static byte[] withEd25519Head(byte[] key) {
    if (key.length != ED25519_LENGTH) {
      return key;
    }
    byte[] spki = new byte[ED25519_HEAD.length + ED25519_LENGTH];
    System.arraycopy(ED25519_HEAD, 0, spki, 0, ED25519_HEAD.length);
    System.arraycopy(key, 0, spki, ED25519_HEAD.length, ED25519_LENGTH);
    return spki;
  }
}

package io.millrace.bench.sender;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes a signature over the pieces of a message. */
@FunctionalInterface
interface Seal {

  byte[] over(byte[]... pieces);

  default String hex(byte[]... pieces) {
    return HexFormat.of().formatHex(over(pieces));
  }

  default String base64(byte[]... pieces) {
    return Base64.getEncoder().encodeToString(over(pieces));
  }

  /** HMAC-SHA256 with the characters of the secret as the key. */
  static Seal hmac(String secret) {
    return hmac("HmacSHA256", utf8(secret));
  }

  /** HMAC-SHA1 with the characters of the secret as the key. */
  static Seal hmacSha1(String secret) {
    return hmac("HmacSHA1", utf8(secret));
  }

  /** HMAC-SHA256 with a key that the secret encodes in hexadecimal. */
  static Seal hmacOfHex(String secret) {
    return hmac("HmacSHA256", HexFormat.of().parseHex(secret));
  }

  /** HMAC-SHA256 with a key that the secret encodes in base64, optionally after a prefix. */
  static Seal hmacOfBase64(String prefix, String secret) {
    String text = secret.startsWith(prefix) ? secret.substring(prefix.length()) : secret;
    return hmac("HmacSHA256", Base64.getDecoder().decode(text));
  }

  static Seal hmac(String algorithm, byte[] key) {
    SecretKeySpec spec = new SecretKeySpec(key, algorithm);
    return pieces ->
        computed(
            () -> {
              Mac mac = Mac.getInstance(algorithm);
              mac.init(spec);
              for (byte[] piece : pieces) {
                mac.update(piece);
              }
              return mac.doFinal();
            });
  }

  /** SHA-256 without a key: the secret is one of the pieces, at the start. */
  static Seal sha256(String secret) {
    return pieces ->
        computed(
            () -> {
              MessageDigest digest = MessageDigest.getInstance("SHA-256");
              digest.update(utf8(secret));
              for (byte[] piece : pieces) {
                digest.update(piece);
              }
              return digest.digest();
            });
  }

  /** A signature with a private key, written as {@link SigningKeys} writes it. */
  static Seal keyPair(KeyPairs kind, String privateKey) {
    PrivateKey key = kind.privateKey(privateKey);
    return pieces ->
        computed(
            () -> {
              Signature signature = Signature.getInstance(kind.algorithm());
              signature.initSign(key);
              for (byte[] piece : pieces) {
                signature.update(piece);
              }
              return signature.sign();
            });
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] computed(Computation computation) {
    try {
      return computation.compute();
    } catch (GeneralSecurityException unavailable) {
      throw new IllegalStateException("This JDK cannot compute the signature", unavailable);
    }
  }

  /** A computation of the JDK. */
  @FunctionalInterface
  interface Computation {
    byte[] compute() throws GeneralSecurityException;
  }
}

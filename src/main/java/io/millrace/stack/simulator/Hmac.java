package io.millrace.stack.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes over several pieces, without putting them together first. */
final class Hmac {
  private final String algorithm;
  private final byte[] key;

  /** The secret's own characters are the key, as all simulated senders have it. */
  Hmac(String algorithm, String secret) {
    this.algorithm = algorithm;
    this.key = secret.getBytes(StandardCharsets.UTF_8);
  }

  String hex(byte[]... pieces) {
    return HexFormat.of().formatHex(hash(pieces));
  }

  String base64(byte[]... pieces) {
    return Base64.getEncoder().encodeToString(hash(pieces));
  }

  private byte[] hash(byte[]... pieces) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] piece : pieces) {
        mac.update(piece);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException unavailable) {
      throw new IllegalStateException("This JDK cannot compute " + algorithm, unavailable);
    }
  }
}

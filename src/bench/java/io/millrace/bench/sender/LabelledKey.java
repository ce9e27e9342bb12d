package io.millrace.bench.sender;

import java.security.KeyPair;
import java.util.Base64;

/**
 * A private key and the name its sender signs with it: the id of a webhook, or a topic.
 *
 * @param privateKey base64 PKCS #8
 */
record LabelledKey(String label, String privateKey) {
  private static final char END = '|';

  /** Reads what {@link #draw} makes for signing. */
  static LabelledKey read(String secret) {
    int end = secret.indexOf(END);
    if (end < 1) {
      throw new IllegalArgumentException(
          "This provider signs with LABEL|KEY, where the key is private and in base64 PKCS #8");
    }
    return new LabelledKey(secret.substring(0, end), secret.substring(end + 1));
  }

  /** A new pair under the same label on both sides. */
  static SigningKeys draw(String label) {
    KeyPair pair = KeyPairs.RSA.generate();
    String key = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    return new SigningKeys(label + END + key, label + END + SelfSigned.pem(pair));
  }

  @Override
  public String toString() {
    return "LabelledKey[" + label + "]";
  }
}

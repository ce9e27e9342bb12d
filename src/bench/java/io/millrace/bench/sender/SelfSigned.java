package io.millrace.bench.sender;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A certificate that an RSA key signs for itself, as senders publish theirs (RFC 5280, section
 * 4.1). The JDK reads certificates, but does not make them.
 */
final class SelfSigned {
  /** sha256WithRSAEncryption, with no parameters. */
  private static final byte[] ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d01010b0500");

  /** The common name, millrace. */
  private static final byte[] NAME =
      sequence(
          tagged(
              0x31,
              sequence(
                  HexFormat.of().parseHex("0603550403"),
                  tagged(0x0c, "millrace".getBytes(StandardCharsets.US_ASCII)))));

  private static final byte[] VALIDITY = sequence(time("250101000000Z"), time("491231235959Z"));
  private static final int SHORT = 0x80;

  private SelfSigned() {}

  /** The certificate of a key, in PEM. */
  static String pem(KeyPair pair) {
    byte[] content =
        sequence(
            tagged(0xa0, tagged(2, new byte[] {2})),
            tagged(2, new byte[] {1}),
            ALGORITHM,
            NAME,
            VALIDITY,
            NAME,
            pair.getPublic().getEncoded());
    byte[] certificate =
        sequence(content, ALGORITHM, tagged(3, new byte[] {0}, signature(pair, content)));
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static byte[] signature(KeyPair pair, byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException unavailable) {
      throw new IllegalStateException("This JDK cannot sign a certificate", unavailable);
    }
  }

  private static byte[] time(String utc) {
    return tagged(0x17, utc.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  /** One value of DER: its tag, its length and its parts. */
  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      value.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (value.size() < SHORT) {
      whole.write(value.size());
    } else {
      whole.write(SHORT | 2);
      whole.write(value.size() >> 8);
      whole.write(value.size());
    }
    whole.writeBytes(value.toByteArray());
    return whole.toByteArray();
  }
}

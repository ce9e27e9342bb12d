package io.millrace.edge.wire;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.exception.GenericException;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.KeyManagerUtils;
import nl.altindag.ssl.util.TrustManagerUtils;

/**
 * A certificate with its key, ready to be served, checked as far as can be without a sender.
 *
 * @param certificate the edge's own
 */
record TlsIdentity(X509Certificate certificate, SSLContext context) {
  /** OpenSSL writes the name of the curve before the key, which names it again. */
  private static final Pattern PARAMETERS =
      Pattern.compile("-----BEGIN EC PARAMETERS-----[^-]*-----END EC PARAMETERS-----");

  /**
   * Reads what the files hold.
   *
   * @throws InvalidTlsException saying which file is wrong, and how to mend it
   */
  static TlsIdentity of(PemFiles files, TlsSettings settings) {
    List<X509Certificate> chain =
        certificates("edge.tls.certificate " + settings.certificate(), files.certificate());
    PrivateKey key = key(files.key(), settings);
    X509Certificate own = chain.getFirst();
    if (!belong(key, own.getPublicKey())) {
      throw new InvalidTlsException(
          ("the key %s does not belong to the first certificate in %s (%s); put the edge's own"
                  + " certificate first, then those that vouch for it, or take the right key")
              .formatted(
                  settings.key(), settings.certificate(), own.getSubjectX500Principal().getName()));
    }
    Optional<List<X509Certificate>> authorities =
        files
            .clientCa()
            .map(text -> certificates("edge.tls.client.ca " + settings.clientCa().get(), text));
    return new TlsIdentity(own, context(key, chain, authorities));
  }

  private static List<X509Certificate> certificates(String what, String pem) {
    if (!pem.contains("CERTIFICATE-----")) {
      throw new InvalidTlsException(
          what + " holds no certificate; it has to be PEM, with -----BEGIN CERTIFICATE-----");
    }
    try {
      return PemUtils.parseCertificate(pem);
    } catch (GenericException malformed) {
      throw new InvalidTlsException(
          what + " holds a certificate that cannot be read; it has to be PEM", malformed);
    }
  }

  private static PrivateKey key(String pem, TlsSettings settings) {
    boolean encrypted = pem.contains("ENCRYPTED");
    if (encrypted && settings.passphrase().isEmpty()) {
      throw new InvalidTlsException(
          "edge.tls.key %s is encrypted; set edge.tls.key.passphrase".formatted(settings.key()));
    }
    try {
      return PemUtils.parsePrivateKey(
          PARAMETERS.matcher(pem).replaceAll(""),
          settings.passphrase().map(String::toCharArray).orElse(null));
    } catch (GenericException unusable) {
      throw new InvalidTlsException(
          encrypted
              ? "edge.tls.key %s cannot be decrypted; check edge.tls.key.passphrase"
                  .formatted(settings.key())
              : "edge.tls.key %s holds no private key that can be read; it has to be PEM, as PKCS#8"
                  .formatted(settings.key()),
          unusable);
    }
  }

  /** Whether one verifies what the other signs. */
  private static boolean belong(PrivateKey key, PublicKey certified) {
    if (!family(key.getAlgorithm()).equals(family(certified.getAlgorithm()))) {
      return false;
    }
    byte[] text = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(signing(certified.getAlgorithm()));
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException mismatch) {
      return false;
    }
  }

  private static String family(String algorithm) {
    String upper = algorithm.toUpperCase(Locale.ROOT);
    return upper.equals("ECDSA") ? "EC" : upper;
  }

  private static String signing(String algorithm) {
    return switch (family(algorithm)) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }

  private static SSLContext context(
      PrivateKey key, List<X509Certificate> chain, Optional<List<X509Certificate>> authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {
            KeyManagerUtils.createKeyManager(key, chain.toArray(Certificate[]::new))
          },
          // No authorities, no trust: the JDK's own would vouch for anybody's client certificate.
          authorities
              .map(known -> new TrustManager[] {TrustManagerUtils.createTrustManager(known)})
              .orElseGet(() -> new TrustManager[0]),
          null);
      return context;
    } catch (GeneralSecurityException | GenericException refused) {
      throw new InvalidTlsException(
          "the certificate and key of edge.tls cannot be served: " + refused, refused);
    }
  }
}

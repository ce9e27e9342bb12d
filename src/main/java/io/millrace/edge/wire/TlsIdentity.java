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
 * A certificate with its key, ready for use, checked as far as possible without a sender.
 *
 * @param certificate the edge's own certificate
 */
record TlsIdentity(X509Certificate certificate, SSLContext context) {
  /** OpenSSL writes the name of the curve before the key, which repeats it. */
  private static final Pattern PARAMETERS =
      Pattern.compile("-----BEGIN EC PARAMETERS-----[^-]*-----END EC PARAMETERS-----");

  /**
   * Reads the contents of the files.
   *
   * @throws InvalidTlsException naming the file that is wrong, and how to fix it
   */
  static TlsIdentity of(PemFiles files, TlsSettings settings) {
    List<X509Certificate> chain =
        certificates("edge.tls.certificate " + settings.certificate(), files.certificate());
    PrivateKey key = key(files.key(), settings);
    X509Certificate own = chain.getFirst();
    if (!belong(key, own.getPublicKey())) {
      throw new InvalidTlsException(
          ("the key %s does not belong to the first certificate in %s (%s); put the edge's own"
                  + " certificate first, then the intermediate ones, or use the matching key")
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
          what
              + " contains no certificate; it must be a PEM file with -----BEGIN CERTIFICATE-----");
    }
    try {
      return PemUtils.parseCertificate(pem);
    } catch (GenericException malformed) {
      throw new InvalidTlsException(
          what + " contains a certificate that cannot be read; it must be a PEM file", malformed);
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
              : "edge.tls.key %s contains no readable private key; it must be a PEM file, as PKCS#8"
                  .formatted(settings.key()),
          unusable);
    }
  }

  /** Whether the public key verifies what the private key signs. */
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
          // Without authorities, none are trusted: the JDK's own would accept many client
          // certificates.
          authorities
              .map(known -> new TrustManager[] {TrustManagerUtils.createTrustManager(known)})
              .orElseGet(() -> new TrustManager[0]),
          null);
      return context;
    } catch (GeneralSecurityException | GenericException refused) {
      throw new InvalidTlsException(
          "the certificate and key of edge.tls cannot be used: " + refused, refused);
    }
  }
}

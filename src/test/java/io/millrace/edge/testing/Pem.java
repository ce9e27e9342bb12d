package io.millrace.edge.testing;

import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate with its key, made for a test. */
public record Pem(X509Certificate certificate, PrivateKey key) {
  public static Pem authority(String name) throws Exception {
    return make(name, "EC", Optional.empty(), tomorrow(), true);
  }

  public static Pem signedBy(Pem authority, String name, String algorithm) throws Exception {
    return make(name, algorithm, Optional.of(authority), tomorrow(), false);
  }

  public static Pem signedAuthority(Pem authority, String name) throws Exception {
    return make(name, "EC", Optional.of(authority), tomorrow(), true);
  }

  public static Pem expired(Pem authority, String name) throws Exception {
    return make(name, "EC", Optional.of(authority), Instant.now().minusSeconds(60), false);
  }

  private static Instant tomorrow() {
    return Instant.now().plusSeconds(86_400);
  }

  private static Pem make(
      String name, String algorithm, Optional<Pem> authority, Instant until, boolean isAuthority)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
    KeyPair pair = generator.generateKeyPair();
    X500Principal subject = new X500Principal("CN=" + name);
    X500Principal issuer =
        authority.map(known -> known.certificate().getSubjectX500Principal()).orElse(subject);
    PrivateKey signer = authority.map(Pem::key).orElseGet(pair::getPrivate);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(64, new SecureRandom()),
            Date.from(until.minusSeconds(100_000)),
            Date.from(until),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    return new Pem(
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder(
                            signer.getAlgorithm().equals("RSA")
                                ? "SHA256withRSA"
                                : "SHA256withECDSA")
                        .build(signer))),
        pair.getPrivate());
  }

  public String certificateText() throws Exception {
    return text(certificate);
  }

  public String keyText() throws Exception {
    return text(new JcaPKCS8Generator(key, null));
  }

  /** In the older form of OpenSSL, which names the algorithm; for EC with the curve before it. */
  public String traditionalKeyText() throws Exception {
    if (!(key instanceof java.security.interfaces.ECPrivateKey curved)) {
      return text(key);
    }
    byte[] old = new ECPrivateKey(256, curved.getS(), SECObjectIdentifiers.secp256r1).getEncoded();
    return text(new PemObject("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded()))
        + text(new PemObject("EC PRIVATE KEY", old));
  }

  public String encryptedKeyText(String passphrase) throws Exception {
    return text(
        new JcaPKCS8Generator(
            key,
            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword(passphrase.toCharArray())
                .build()));
  }

  private static String text(Object content) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(content);
    }
    return text.toString();
  }
}

package io.millrace.bench.sender;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The kinds of secrets that senders use, and how each side writes them. */
enum KeyKind {
  /** Characters, used as they are; also valid hexadecimal. */
  TEXT,
  /** Base64 after {@code whsec_}. */
  WHSEC,
  /** A user and a password. */
  PASSWORD,
  /** A public key in base64 SubjectPublicKeyInfo. */
  P256_SPKI,
  /** The 32 bytes of a public key, in base64 after {@code whpk_}. */
  ED25519_WHPK,
  /** The same in hexadecimal. */
  ED25519_HEX,
  /** The same in plain base64. */
  ED25519_BASE64,
  /** The public key in PEM. */
  ED25519_PEM,
  /** A public key in PEM. */
  RSA_PEM,
  /** A certificate in PEM after a label; see {@link LabelledKey}. */
  LABELLED_CERTIFICATE;

  private static final int SECRET_BYTES = 32;
  private static final int ED25519_BYTES = 32;
  private static final int PEM_COLUMNS = 64;

  SigningKeys draw() {
    return switch (this) {
      case TEXT -> shared(hex(random()));
      case WHSEC -> shared("whsec_" + base64(random()));
      case PASSWORD -> shared("millrace:" + hex(random()));
      case P256_SPKI -> pair(KeyPairs.P256, KeyKind::base64);
      case ED25519_WHPK -> pair(KeyPairs.ED25519, spki -> "whpk_" + base64(raw(spki)));
      case ED25519_HEX -> pair(KeyPairs.ED25519, spki -> hex(raw(spki)));
      case ED25519_BASE64 -> pair(KeyPairs.ED25519, spki -> base64(raw(spki)));
      case ED25519_PEM -> pair(KeyPairs.ED25519, KeyKind::pem);
      case RSA_PEM -> pair(KeyPairs.RSA, KeyKind::pem);
      case LABELLED_CERTIFICATE -> LabelledKey.draw("label-" + hex(random()).substring(0, 12));
    };
  }

  private static SigningKeys shared(String secret) {
    return new SigningKeys(secret, secret);
  }

  private static SigningKeys pair(KeyPairs kind, PublicText text) {
    KeyPair pair = kind.generate();
    return new SigningKeys(
        base64(pair.getPrivate().getEncoded()), text.of(pair.getPublic().getEncoded()));
  }

  /** An Ed25519 key is at the end of its SubjectPublicKeyInfo (RFC 8410). */
  private static byte[] raw(byte[] spki) {
    return Arrays.copyOfRange(spki, spki.length - ED25519_BYTES, spki.length);
  }

  private static String pem(byte[] spki) {
    String lines = Base64.getMimeEncoder(PEM_COLUMNS, "\n".getBytes(US_ASCII)).encodeToString(spki);
    return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
  }

  private static byte[] random() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** How a provider writes its public key, given in X.509's SubjectPublicKeyInfo. */
  @FunctionalInterface
  private interface PublicText {
    String of(byte[] spki);
  }
}

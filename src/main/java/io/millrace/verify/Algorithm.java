package io.millrace.verify;

/** A signature algorithm. The configuration chooses it, never the request. */
public sealed interface Algorithm {

  /** A keyed hash (RFC 2104). */
  record Hmac(Hash hash) implements Algorithm {}

  /** A plain hash over a text that contains the secret. */
  record Digest(Hash hash) implements Algorithm {}

  /** An ECDSA signature in DER, its public key in SPKI. */
  record Ecdsa(Hash hash) implements Algorithm {}

  /** An RSA signature (PKCS #1 v1.5), its public key in SPKI. */
  record Rsa(Hash hash) implements Algorithm {}

  /** An Ed25519 signature (RFC 8032), its public key as 32 bytes or in SPKI. */
  record Ed25519() implements Algorithm {}
}

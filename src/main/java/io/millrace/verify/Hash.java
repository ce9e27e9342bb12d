package io.millrace.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash function a signature is built on. SHA-1 is here because senders use it, inside HMAC. */
public enum Hash {
  SHA1("SHA-1", "HmacSHA1", "SHA1"),
  SHA256("SHA-256", "HmacSHA256", "SHA256"),
  SHA512("SHA-512", "HmacSHA512", "SHA512");

  private final String digestName;
  private final String macName;
  private final String signaturePrefix;

  Hash(String digestName, String macName, String signaturePrefix) {
    this.digestName = digestName;
    this.macName = macName;
    this.signaturePrefix = signaturePrefix;
  }

  String macName() {
    return macName;
  }

  String signatureName(String keyType) {
    return signaturePrefix + "with" + keyType;
  }

  byte[] of(byte[] content) {
    try {
      return MessageDigest.getInstance(digestName).digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This JDK lacks " + digestName, impossible);
    }
  }
}

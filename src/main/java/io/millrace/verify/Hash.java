package io.millrace.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash function a signature is built on. SHA-1 is here because senders use it, inside HMAC. */
public enum Hash {
  SHA1("SHA-1", "HmacSHA1", "SHA1"),
  SHA256("SHA-256", "HmacSHA256", "SHA256"),
  SHA512("SHA-512", "HmacSHA512", "SHA512");

  /** Only ever copied. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final MessageDigest blank;

  private final String macName;
  private final String signaturePrefix;

  Hash(String digestName, String macName, String signaturePrefix) {
    this.blank = blank(digestName);
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
      // Looking it up among the providers costs as much as hashing a short text.
      return ((MessageDigest) blank.clone()).digest(content);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("A hash of this JDK cannot be copied", impossible);
    }
  }

  private static MessageDigest blank(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This JDK lacks " + name, impossible);
    }
  }
}

package io.millrace.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash function for signatures. SHA-1 is included because senders use it, within HMAC. */
public enum Hash {
  SHA1("SHA-1", "HmacSHA1", "SHA1"),
  SHA256("SHA-256", "HmacSHA256", "SHA256"),
  SHA512("SHA-512", "HmacSHA512", "SHA512");

  /** Never used itself, only cloned. */
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
      // Looking it up in the security providers costs as much as hashing a short text.
      return ((MessageDigest) blank.clone()).digest(content);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(
          "The hash functions of this JDK cannot be cloned", impossible);
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

package io.millrace.normalize;

import io.millrace.normalize.mapping.Scope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One part of a delivery that should become one event.
 *
 * @param original its original bytes in the body
 */
record Element(ByteBuffer original, Scope scope) {

  int index() {
    return scope.index();
  }

  int size() {
    return original.remaining();
  }

  /** SHA-256 of the original bytes, as hexadecimal digits. */
  String contentHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(original.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}

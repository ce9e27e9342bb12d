package io.millrace.bench.sender;

import java.util.Base64;
import java.util.HexFormat;

/** The encodings of signatures. */
enum SignatureText {
  HEX,
  BASE64,
  /** Without padding. */
  BASE64URL;

  String of(byte[] signature) {
    return switch (this) {
      case HEX -> HexFormat.of().formatHex(signature);
      case BASE64 -> Base64.getEncoder().encodeToString(signature);
      case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    };
  }
}

package io.millrace.verify;

import java.util.List;

/**
 * The parts of a signature value.
 *
 * @param readable whether any part had the expected form
 * @param timestamps the times found; more than one is ambiguous
 */
record SignatureParts(boolean readable, List<String> signatures, List<String> timestamps) {
  SignatureParts {
    signatures = List.copyOf(signatures);
    timestamps = List.copyOf(timestamps);
  }

  static SignatureParts of(List<String> signatures) {
    return new SignatureParts(true, signatures, List.of());
  }

  static SignatureParts unreadable() {
    return new SignatureParts(false, List.of(), List.of());
  }
}

package io.millrace.tidy.planted.bench.sender;

import io.millrace.tidy.planted.verify.CuriousVerifier;

/** A sender that signs with what verifies. */
public final class CuriousSender {
  public CuriousVerifier verifier() {
    return new CuriousVerifier();
  }
}

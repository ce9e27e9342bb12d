package io.millrace.bench.sender;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A sender that sends its secret instead of signing with it. */
record CredentialSigner(Proof.Place place, String name, String shown) implements Signer {

  static CredentialSigner header(String name, String shown) {
    return new CredentialSigner(Proof.Place.HEADER, name, shown);
  }

  static CredentialSigner bearer(String secret) {
    return header("Authorization", "Bearer " + secret);
  }

  /** User and password, separated by a colon. */
  static CredentialSigner basic(String secret) {
    return header(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(Seal.utf8(secret)));
  }

  /** The last segment of the path. */
  static CredentialSigner path(String secret) {
    return new CredentialSigner(Proof.Place.PATH, "", secret);
  }

  static CredentialSigner query(String name, String secret) {
    return new CredentialSigner(Proof.Place.QUERY, name, secret);
  }

  /** A top-level field of the body. */
  static CredentialSigner json(String name, String secret) {
    return new CredentialSigner(Proof.Place.JSON, name, secret);
  }

  static CredentialSigner nothing() {
    return new CredentialSigner(Proof.Place.NOWHERE, "", "");
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    return switch (place) {
      case HEADER -> unsigned.with(name, shown);
      case PATH -> unsigned.withPathSegment(shown);
      case QUERY -> unsigned.withParameter(name, shown);
      case JSON ->
          unsigned.withBody(JsonText.bytes(JsonText.object(unsigned.body()).put(name, shown)));
      case NOWHERE -> unsigned;
    };
  }

  @Override
  public Proof proof() {
    Proof.Shows shows = place == Proof.Place.NOWHERE ? Proof.Shows.NOTHING : Proof.Shows.SECRET;
    return new Proof(place, name, shows, Optional.empty());
  }

  @Override
  public String toString() {
    return "CredentialSigner[" + place + " " + name + "]";
  }
}

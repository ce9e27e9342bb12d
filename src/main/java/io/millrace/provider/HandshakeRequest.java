package io.millrace.provider;

import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import java.util.List;

/**
 * A request that may be a handshake, and what the source knows.
 *
 * @param verified whether it was found genuine before it was asked about
 * @param secrets those that count now, first the one that proved the request
 * @param awaitsSecret whether the source still waits for a secret to be brought
 */
public record HandshakeRequest(
    SignedRequest request, boolean verified, List<Secret> secrets, boolean awaitsSecret) {
  public HandshakeRequest {
    secrets = List.copyOf(secrets);
  }

  /** The secrets of one use. */
  List<Secret> secretsFor(String use) {
    return secrets.stream().filter(secret -> secret.use().equals(use)).toList();
  }
}

package io.millrace.provider;

import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import java.util.List;

/**
 * A request that may be a handshake, with what is known about its source.
 *
 * @param verified whether the request was already verified
 * @param secrets the active ones, starting with the one that proved the request
 * @param awaitsSecret whether the source still expects its provider to send a secret
 */
public record HandshakeRequest(
    SignedRequest request, boolean verified, List<Secret> secrets, boolean awaitsSecret) {
  public HandshakeRequest {
    secrets = List.copyOf(secrets);
  }

  /** The secrets with one use. */
  List<Secret> secretsFor(String use) {
    return secrets.stream().filter(secret -> secret.use().equals(use)).toList();
  }
}

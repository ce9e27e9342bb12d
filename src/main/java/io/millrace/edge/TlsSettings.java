package io.millrace.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the edge proves itself to its senders, and they to it.
 *
 * @param certificate PEM file: the edge's certificate, then those that vouch for it
 * @param key PEM file: its private key
 * @param passphrase of the key, where it is encrypted
 * @param clientCa PEM file: who has to vouch for the certificate of every sender; empty: senders
 *     need none
 * @param reloadInterval how often the files are looked at for changes
 */
public record TlsSettings(
    Path certificate,
    Path key,
    Optional<String> passphrase,
    Optional<Path> clientCa,
    Duration reloadInterval) {

  /** Without the passphrase. */
  @Override
  public String toString() {
    return "TlsSettings[certificate=%s, key=%s, clientCa=%s, reloadInterval=%s]"
        .formatted(certificate, key, clientCa, reloadInterval);
  }
}

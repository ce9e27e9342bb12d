package io.millrace.edge.admit;

import java.util.Optional;

/**
 * The sender of a request, as far as the proxies in between can be trusted.
 *
 * @param address in its shortest form
 * @param origin where the address was found; completes the sentence "taken from ..."
 * @param forwarded the URL the sender called, as far as a trusted proxy reported it
 */
public record Client(String address, String origin, Forwarded forwarded) {

  /** What the outermost trusted proxy reported about the URL the sender called. */
  record Forwarded(
      Optional<String> scheme,
      Optional<String> host,
      Optional<String> port,
      Optional<String> prefix) {

    static Forwarded nothing() {
      return new Forwarded(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  public static Client direct(String peer) {
    return new Client(peer, "the connection", Forwarded.nothing());
  }
}

package io.millrace.edge.admit;

import java.util.Optional;

/**
 * Who sent a request, as far as the proxies in between can be believed.
 *
 * @param address in its shortest form
 * @param origin how the address is known; completes the sentence "taken from ..."
 * @param told the address the sender used, where a trusted proxy told it
 */
public record Client(String address, String origin, Told told) {

  /** What the outermost trusted proxy said about the address the sender used. */
  record Told(
      Optional<String> scheme,
      Optional<String> host,
      Optional<String> port,
      Optional<String> prefix) {

    static Told nothing() {
      return new Told(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  public static Client direct(String peer) {
    return new Client(peer, "the connection", Told.nothing());
  }
}

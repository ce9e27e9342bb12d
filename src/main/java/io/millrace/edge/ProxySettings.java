package io.millrace.edge;

import java.util.List;

/**
 * Which proxies stand in front of the edge, and how they tell for whom they speak.
 *
 * @param trusted their addresses in CIDR notation, already checked; empty: nobody is believed
 * @param headers the ones they write, and so no sender can
 * @param proxyProtocol whether every connection begins with a PROXY line or block (version 1 or 2)
 */
public record ProxySettings(
    List<String> trusted, ForwardingHeaders headers, boolean proxyProtocol) {
  public ProxySettings {
    trusted = List.copyOf(trusted);
  }

  /** No proxy: the address of the connection is the sender's. */
  public static ProxySettings none() {
    return new ProxySettings(List.of(), ForwardingHeaders.EITHER, false);
  }
}

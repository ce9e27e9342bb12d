package io.millrace.edge.admit;

import io.millrace.source.AddressRange;

/**
 * The networks of an address: for limits, one sender is a network, not an address.
 *
 * @param narrow what the holder of an address usually has: for IPv6, all addresses with the same
 *     first 64 bits
 * @param wide the most that one owner usually has: for IPv6, all with the same first 48 bits (RFC
 *     6177 recommends that or less for a site)
 */
record SenderNetwork(String narrow, String wide) {
  private static final String V6_NARROW = "/64";
  private static final String V6_WIDE = "/48";

  static SenderNetwork of(String address) {
    return address.indexOf(':') < 0
        ? new SenderNetwork(address, address)
        : new SenderNetwork(range(address, V6_NARROW), range(address, V6_WIDE));
  }

  private static String range(String address, String length) {
    return AddressRange.parse(address + length).map(AddressRange::toString).orElse(address);
  }
}

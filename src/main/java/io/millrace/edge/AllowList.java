package io.millrace.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The addresses a source may send from; an empty list allows any. */
final class AllowList {
  private final List<Range> ranges;

  private AllowList(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * @param ranges {@code 192.0.2.0/24}, {@code 2001:db8::/32} or single addresses, already checked
   */
  static AllowList of(List<String> ranges) {
    return new AllowList(ranges.stream().map(Range::parse).toList());
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /**
   * @param address as the connection has it, a literal
   */
  boolean allows(String address) {
    if (ranges.isEmpty()) {
      return true;
    }
    byte[] bytes = bytes(address);
    return ranges.stream().anyMatch(range -> range.holds(bytes));
  }

  /** An IPv4 address written as IPv6 ({@code ::ffff:192.0.2.1}) becomes the IPv4 one here. */
  private static byte[] bytes(String literal) {
    if (!literal.matches("[0-9A-Fa-f:.]+")) {
      throw new IllegalArgumentException(literal + " is no address");
    }
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException malformed) {
      throw new IllegalArgumentException(literal + " is no address", malformed);
    }
  }

  // An array, because addresses are compared bit by bit, and ranges themselves never.
  @SuppressWarnings("ArrayRecordComponent")
  private record Range(byte[] network, int prefix) {

    static Range parse(String text) {
      String[] parts = text.split("/", 2);
      byte[] network = bytes(parts[0]);
      int length = network.length * Byte.SIZE;
      return new Range(network, parts.length == 1 ? length : Integer.parseInt(parts[1]));
    }

    boolean holds(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        int index = bit / Byte.SIZE;
        if ((address[index] & mask) != (network[index] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}

package io.millrace.edge.admit;

import io.millrace.source.AddressRange;
import java.util.List;

/** The addresses a source may send from; an empty list allows any. */
final class AllowList {
  private final List<AddressRange> ranges;

  private AllowList(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /**
   * @param ranges {@code 192.0.2.0/24}, {@code 2001:db8::/32} or single addresses, already checked
   */
  static AllowList of(List<String> ranges) {
    return new AllowList(
        ranges.stream().map(range -> AddressRange.parse(range).orElseThrow()).toList());
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean allows(String address) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.holds(address));
  }
}

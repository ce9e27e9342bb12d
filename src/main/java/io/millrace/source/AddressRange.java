package io.millrace.source;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses with the same prefix, written {@code 192.0.2.0/24} or {@code 2001:db8::/32};
 * a single address is a range of one. IPv4 written as IPv6 ({@code ::ffff:192.0.2.1}, RFC 4291,
 * section 2.5.5.2) equals the IPv4 address. Host names are never resolved.
 */
public final class AddressRange {
  private static final Pattern PLAIN =
      Pattern.compile("[0-9A-Fa-f:.]{2,45}(?:/(?:0|[1-9][0-9]{0,2}))?");
  private static final int MAPPED_PREFIX = 96;
  private static final IPAddressStringParameters NOTATION = notation();

  private final IPAddress block;

  private AddressRange(IPAddress block) {
    this.block = block;
  }

  /** Parses a range in CIDR notation; empty for anything else. */
  public static Optional<AddressRange> parse(String text) {
    return read(text).map(AddressRange::unmapped).map(block -> new AddressRange(block));
  }

  /** Parses a single address into its shortest form; empty for a range or a name. */
  public static Optional<String> address(String text) {
    return read(text)
        .filter(read -> !read.isPrefixed())
        .map(AddressRange::unmapped)
        .map(IPAddress::toCanonicalString);
  }

  /**
   * Whether the range contains an address.
   *
   * @param address in any notation that {@link #address} accepts
   */
  public boolean holds(String address) {
    return read(address)
        .filter(read -> !read.isPrefixed())
        .map(AddressRange::unmapped)
        .filter(block::contains)
        .isPresent();
  }

  @Override
  public String toString() {
    return block.toCanonicalString();
  }

  private static Optional<IPAddress> read(String text) {
    if (!PLAIN.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(new IPAddressString(text, NOTATION).toAddress());
    } catch (AddressStringException | IncompatibleAddressException malformed) {
      return Optional.empty();
    }
  }

  /** Removes the bits beyond the prefix, and turns a mapped address into IPv4. */
  private static IPAddress unmapped(IPAddress read) {
    int length = read.isPrefixed() ? read.getNetworkPrefixLength() : read.getBitCount();
    IPAddress block = read.isPrefixed() ? read.toPrefixBlock() : read;
    if (block instanceof IPv6Address address && address.isIPv4Mapped() && length >= MAPPED_PREFIX) {
      return address.getEmbeddedIPv4Address();
    }
    return block;
  }

  /** The library supports many more notations; all but plain CIDR are refused. */
  private static IPAddressStringParameters notation() {
    IPAddressStringParameters.Builder builder =
        new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefixOnly(false)
            .allowMask(false)
            .allow_inet_aton(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE);
    builder.getIPv4AddressParametersBuilder().allowLeadingZeros(false).allowBinary(false);
    builder
        .getIPv6AddressParametersBuilder()
        .allowZone(false)
        .allowBase85(false)
        .allowBinary(false);
    return builder.toParams();
  }
}

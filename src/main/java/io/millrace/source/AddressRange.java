package io.millrace.source;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Checks the notation of an address range, {@code 192.0.2.0/24} or {@code 2001:db8::/32}. */
final class AddressRange {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  private AddressRange() {}

  /** Whether it is a range, or a single address. Never asks a name server. */
  static boolean isValid(String text) {
    String[] parts = text.split("/", 2);
    if (V4.matcher(parts[0]).matches()) {
      return isLength(parts, 32);
    }
    return V6.matcher(parts[0]).matches() && isAddress(parts[0]) && isLength(parts, 128);
  }

  private static boolean isLength(String[] parts, int max) {
    return parts.length == 1
        || (LENGTH.matcher(parts[1]).matches() && Integer.parseInt(parts[1]) <= max);
  }

  /** Only letters of an IPv6 address get here, so the JDK parses and never resolves. */
  private static boolean isAddress(String text) {
    try {
      return InetAddress.getByName(text).getAddress().length > 0;
    } catch (UnknownHostException malformed) {
      return false;
    }
  }
}

package io.millrace.edge.admit;

import io.millrace.source.AddressRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an address as proxies write it: plain or in brackets, with or without a port. */
final class NodeAddress {
  private static final int LONGEST = 64;

  /** RFC 7239, section 6: a port is a number or, after an underscore, a name. */
  private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";

  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*:[^\\]]*)\\]" + PORT);
  private static final Pattern V4 = Pattern.compile("([0-9.]+)" + PORT);

  private NodeAddress() {}

  /** The address alone, in its shortest form; empty if it is unknown, obfuscated or malformed. */
  static Optional<String> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    for (Pattern form : new Pattern[] {BRACKETS, V4}) {
      Matcher parts = form.matcher(text);
      if (parts.matches()) {
        return AddressRange.address(parts.group(1));
      }
    }
    return AddressRange.address(text);
  }

  /** The address of a connection, as the server library writes it, possibly with a zone. */
  static String ofConnection(String text) {
    String bare = text.replaceAll("[\\[\\]]|%.*", "");
    return AddressRange.address(bare).orElse(bare);
  }
}

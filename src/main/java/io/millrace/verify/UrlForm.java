package io.millrace.verify;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spellings of the request's URL that a sender may have signed. */
enum UrlForm {
  AS_RECEIVED,
  /** HubSpot decodes twelve escapes first, its own client library does not: both are accepted. */
  HUBSPOT,
  /** Twilio may include or omit any port, and its libraries try both. */
  ANY_PORT;

  private static final Pattern WEB_URL = Pattern.compile("^(https?)://([^/?#]+)(.*)$");
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  /** The only escapes HubSpot decodes before signing ("Validating requests", signature v3). */
  private static final Map<String, String> HUBSPOT_ESCAPES =
      Map.ofEntries(
          Map.entry("%3A", ":"),
          Map.entry("%2F", "/"),
          Map.entry("%3F", "?"),
          Map.entry("%40", "@"),
          Map.entry("%21", "!"),
          Map.entry("%24", "$"),
          Map.entry("%27", "'"),
          Map.entry("%28", "("),
          Map.entry("%29", ")"),
          Map.entry("%2A", "*"),
          Map.entry("%2C", ","),
          Map.entry("%3B", ";"));

  Set<String> spellings(String url) {
    return switch (this) {
      case AS_RECEIVED -> Set.of(url);
      case HUBSPOT -> new LinkedHashSet<>(List.of(decodeHubSpotEscapes(url), url));
      case ANY_PORT -> withAndWithoutPort(url);
    };
  }

  /** Decodes in one pass, so an escaped percent sign never becomes a second escape. */
  static String decodeHubSpotEscapes(String url) {
    return ESCAPE
        .matcher(url)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    HUBSPOT_ESCAPES.getOrDefault(
                        escape.group().toUpperCase(Locale.ROOT), escape.group())));
  }

  private static Set<String> withAndWithoutPort(String url) {
    Set<String> spellings = new LinkedHashSet<>(List.of(url));
    Matcher parts = WEB_URL.matcher(url);
    if (parts.matches()) {
      String scheme = parts.group(1) + "://";
      String bare = parts.group(2).replaceFirst(":[0-9]{1,5}$", "");
      if (!bare.equals(parts.group(2))) {
        spellings.add(scheme + bare + parts.group(3));
      } else if (hasNoPort(url)) {
        String port = parts.group(1).equals("https") ? ":443" : ":80";
        spellings.add(scheme + bare + port + parts.group(3));
      }
    }
    return spellings;
  }

  private static boolean hasNoPort(String url) {
    try {
      return URI.create(url.split("[?#]", 2)[0]).getPort() < 0;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}

package io.millrace.edge.inspect;

import io.millrace.edge.admit.Credentials;
import java.util.List;
import java.util.Locale;

/**
 * Masks the values of URL parameters that are usually credentials, whatever the scheme says.
 * Strangers choose the URLs, so each character is visited once.
 */
final class UrlCredentials {
  private static final List<String> WORDS =
      List.of("token", "secret", "password", "apikey", "api_key", "api-key");

  private UrlCredentials() {}

  /** Returns the URL with such values masked, up to the next {@code &} or {@code #}. */
  static String mask(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return url;
    }
    StringBuilder masked = new StringBuilder(url.substring(0, query + 1));
    int at = query + 1;
    while (at < url.length()) {
      int end = endOfParameter(url, at);
      masked.append(parameter(url.substring(at, end)));
      if (end < url.length()) {
        masked.append(url.charAt(end));
      }
      at = end + 1;
    }
    return masked.toString();
  }

  private static int endOfParameter(String url, int from) {
    int end = from;
    while (end < url.length() && url.charAt(end) != '&' && url.charAt(end) != '#') {
      end++;
    }
    return end;
  }

  /** Any name counts, even one inside of a value: {@code a=/path?token=x}. */
  private static String parameter(String parameter) {
    int start = 0;
    for (int equals = parameter.indexOf('='); equals >= 0; ) {
      if (isCredential(parameter.substring(start, equals))) {
        return parameter.substring(0, equals + 1) + Credentials.MASK;
      }
      start = equals + 1;
      equals = parameter.indexOf('=', start);
    }
    return parameter;
  }

  private static boolean isCredential(String name) {
    String lower = plain(name).toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }

  /** Decodes the escapes of ASCII characters, because {@code %74oken} is a token too. */
  private static String plain(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    StringBuilder decoded = new StringBuilder();
    for (int at = 0; at < name.length(); ) {
      List<Spelling> spelled = Spelling.at(name, at);
      Spelling each = name.charAt(at) == '%' ? spelled.getLast() : spelled.getFirst();
      decoded.appendCodePoint(each.character());
      at += each.length();
    }
    return decoded.toString();
  }
}
